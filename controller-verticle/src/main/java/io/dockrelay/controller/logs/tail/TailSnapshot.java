package io.dockrelay.controller.logs.tail;

import java.util.List;

import io.dockrelay.protocol.logs.CarriesSlice;
import io.dockrelay.protocol.logs.LogBatch;
import io.dockrelay.protocol.logs.LogSlice;
import io.dockrelay.protocol.logs.Resumption;
import io.dockrelay.protocol.logs.TailMark;

/**
 * What a tail begins with: its first batch.
 *
 * @param slice its last position is where the tail continues; null before a log's first line
 * @param moreBefore whether the store holds older lines
 * @param resumption whether it continues exactly at the requested position
 */
record TailSnapshot(List<TailMark> marks, LogSlice slice, boolean moreBefore, Resumption resumption)
        implements CarriesSlice {

    /** No lines. */
    static TailSnapshot empty(TailMark... marks) {
        return new TailSnapshot(List.of(marks), LogSlice.NONE, false, Resumption.FRESH);
    }

    TailSnapshot {
        marks = List.copyOf(marks);
    }

    LogBatch batch(long sequence, String container) {
        return new LogBatch(sequence, container, marks, slice, moreBefore, resumption);
    }
}
