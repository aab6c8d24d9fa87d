package io.dockrelay.relay.channel.catchup;

import io.dockrelay.protocol.logs.LineBlock;

/**
 * What one subscription begins with.
 *
 * @param first encoded cursor of the first line; null when it is not known
 * @param cursor encoded position from which the live part continues; null when nothing was ever read
 * @param lastTimestamp of the last line, or of the last one known before; null when there is none
 * @param moreBefore whether the store holds older lines; null when not known
 * @param resumed null when nothing was asked
 */
public record Backlog(
        LineBlock lines, String first, String cursor, String lastTimestamp, Boolean moreBefore, Boolean resumed) {

    /** No lines: the live part follows from this position. */
    static Backlog empty(String cursor, String lastTimestamp, Boolean resumed) {
        return new Backlog(LineBlock.EMPTY, null, cursor, lastTimestamp, cursor != null, resumed);
    }

    Backlog withResumed(Boolean replaced) {
        return new Backlog(lines, first, cursor, lastTimestamp, moreBefore, replaced);
    }
}
