package io.dockrelay.controller.logs.tail;

import java.util.List;

import io.dockrelay.protocol.logs.LineBlock;
import io.dockrelay.protocol.logs.TailMark;

/**
 * What a tail begins with: its first batch.
 *
 * @param cursor of the last line, or where the tail starts when there are none; null before the first line of a log
 * @param moreBefore whether the store holds older lines
 * @param resumed whether it continues exactly at the requested position; null when none was requested
 * @param first position of the first line; null when there is none
 */
record TailSnapshot(
        List<TailMark> marks, LineBlock lines, String cursor, boolean moreBefore, Boolean resumed, String first) {

    /** No lines. */
    static TailSnapshot empty(TailMark... marks) {
        return new TailSnapshot(List.of(marks), LineBlock.EMPTY, null, false, null, null);
    }

    TailSnapshot {
        marks = List.copyOf(marks);
    }
}
