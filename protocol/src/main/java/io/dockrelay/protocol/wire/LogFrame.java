package io.dockrelay.protocol.wire;

import io.dockrelay.protocol.logs.LineBlock;

/**
 * A {@code log_snapshot} or {@code new_logs}; {@link LogFrames} writes and reads it without touching the lines.
 *
 * @param snapshot whether this is {@code log_snapshot}
 * @param container the container's name
 * @param controller null between a controller and its clients
 * @param sub echo of the subscription's own; null when it gave none
 * @param cursor encoded position behind the last line; null when nothing was ever read, or from a v1 controller
 * @param lastLogTimestamp of the last line, or of the last one ever read; null when there is none
 * @param moreBefore only in a snapshot; null when not known
 * @param resumed only in a snapshot; null when nothing was asked
 * @param first encoded position of the first line; null when there is none, or nobody said
 */
public record LogFrame(
        boolean snapshot,
        String container,
        String controller,
        String sub,
        LineBlock lines,
        String cursor,
        String lastLogTimestamp,
        Boolean moreBefore,
        Boolean resumed,
        String first) {

    /** Without a word about the first line. */
    public LogFrame(
            boolean snapshot,
            String container,
            String controller,
            String sub,
            LineBlock lines,
            String cursor,
            String lastLogTimestamp,
            Boolean moreBefore,
            Boolean resumed) {
        this(snapshot, container, controller, sub, lines, cursor, lastLogTimestamp, moreBefore, resumed, null);
    }
}
