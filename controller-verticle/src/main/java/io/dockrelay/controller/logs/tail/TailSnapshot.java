package io.dockrelay.controller.logs.tail;

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
record TailSnapshot(
        List<TailMark> marks, LineBlock lines, String cursor, boolean moreBefore, Boolean resumed, String first) {

    /** Nothing to read. */
    static TailSnapshot empty(TailMark... marks) {
        return new TailSnapshot(List.of(marks), LineBlock.EMPTY, null, false, null, null);
    }

    TailSnapshot {
        marks = List.copyOf(marks);
    }
}
