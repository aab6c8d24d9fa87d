package io.dockrelay.protocol.wire;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * The measurements of the link from a relay to a controller. Its numbers are null until it has been measured.
 *
 * @param roundTripMillis of a question and its answer, at best
 * @param clockOffsetMillis what the controller's clock shows more than that of the relay; negative if less
 * @param clockErrorMillis the offset is at most this much more or less
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LinkMeasure(LinkKind kind, Double roundTripMillis, Double clockOffsetMillis, Double clockErrorMillis) {

    /** Of a controller in the relay's process: the same clock. */
    public static final LinkMeasure LOCAL = new LinkMeasure(LinkKind.LOCAL, 0.0, 0.0, 0.0);

    /** Not measured yet. */
    public static LinkMeasure unknown(LinkKind kind) {
        return kind == LinkKind.LOCAL ? LOCAL : new LinkMeasure(kind, null, null, null);
    }
}
