package io.dockrelay.protocol.wire;

import io.dockrelay.protocol.logs.CarriesSlice;
import io.dockrelay.protocol.logs.LogSlice;
import io.dockrelay.protocol.logs.Resumption;

/**
 * A {@code log_snapshot} or {@code new_logs}; {@link LogFrames} writes and reads it without touching the lines.
 *
 * @param snapshot whether this is {@code log_snapshot}
 * @param container the container's name
 * @param controller null between a controller and its clients
 * @param sub echo of the subscription's own; null when it gave none
 * @param slice without positions from a v1 controller
 * @param lastLogTimestamp of the last line, or of the last one ever read; null when there is none
 * @param moreBefore only in a snapshot; null when unknown
 * @param resumption only in a snapshot; otherwise {@link Resumption#FRESH}
 */
public record LogFrame(
        boolean snapshot,
        String container,
        String controller,
        String sub,
        LogSlice slice,
        String lastLogTimestamp,
        Boolean moreBefore,
        Resumption resumption)
        implements CarriesSlice {}
