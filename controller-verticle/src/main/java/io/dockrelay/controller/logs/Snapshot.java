package io.dockrelay.controller.logs;

import java.util.List;

import io.dockrelay.protocol.logs.LineBlock;
import io.dockrelay.protocol.logs.TailMark;

/**
 * What a tail begins with: its first batch.
 *
 * @param cursor behind the lines, or where the tail begins when there are none; null before a log's first line
 * @param moreBefore whether the store holds older lines
 * @param resumed whether it goes on exactly where it was asked to; null when nothing was asked
 * @param first position of the first line; null when there is none
 */
record Snapshot(
        List<TailMark> marks, LineBlock lines, String cursor, boolean moreBefore, Boolean resumed, String first) {

    /** Nothing to read. */
    static Snapshot empty(TailMark... marks) {
        return new Snapshot(List.of(marks), LineBlock.EMPTY, null, false, null, null);
    }

    Snapshot {
        marks = List.copyOf(marks);
    }
}
