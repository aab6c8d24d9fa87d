package io.dockrelay.relay.uplink;

import java.util.ArrayList;
import java.util.List;

import io.dockrelay.protocol.logs.CarriesSlice;
import io.dockrelay.protocol.logs.LogBatch;
import io.dockrelay.protocol.logs.LogSlice;
import io.dockrelay.protocol.logs.Resumption;
import io.dockrelay.protocol.logs.TailMark;

/**
 * Marks and the lines after them, which wait for a tail's receiver.
 *
 * @param slice its last position is null when nothing was ever read, and before a mark without lines
 * @param snapshot whether the tail begins with it; it is never merged with what follows
 * @param moreBefore only in a snapshot; null when unknown
 * @param resumption only in a snapshot; otherwise {@link Resumption#FRESH}
 * @param wire bytes of the messages that brought it
 */
record TailItem(
        String name,
        List<TailMark> marks,
        LogSlice slice,
        boolean snapshot,
        Boolean moreBefore,
        Resumption resumption,
        int wire)
        implements CarriesSlice {

    TailItem {
        marks = List.copyOf(marks);
    }

    static TailItem mark(String name, TailMark mark, int wire) {
        return new TailItem(name, List.of(mark), LogSlice.NONE, false, null, Resumption.FRESH, wire);
    }

    static TailItem lines(String name, LogSlice slice, int wire) {
        return new TailItem(name, List.of(), slice, false, null, Resumption.FRESH, wire);
    }

    /** This item with the mark before its lines. */
    TailItem after(TailMark mark) {
        List<TailMark> all = new ArrayList<>();
        all.add(mark);
        all.addAll(marks);
        return new TailItem(name, all, slice, snapshot, moreBefore, resumption, wire);
    }

    /** The same, when the messages that brought it are counted already. */
    TailItem withoutWire() {
        return new TailItem(name, marks, slice, snapshot, moreBefore, resumption, 0);
    }

    /** Whether it has only marks, which may travel with what follows. */
    boolean standsAlone() {
        return slice.isEmpty() && !snapshot;
    }

    /** This item, which stands alone, merged with the next one. */
    TailItem with(TailItem next) {
        List<TailMark> all = new ArrayList<>(marks);
        all.addAll(next.marks);
        String last = next.cursor() == null ? cursor() : next.cursor();
        var merged = new LogSlice(next.lines(), next.first(), last);
        return new TailItem(next.name, all, merged, next.snapshot, next.moreBefore, next.resumption, wire + next.wire);
    }

    /** @param delivered position after all that was taken out, this item included; null when nothing was ever read */
    LogBatch batch(long sequence, String delivered) {
        var sliceOfBatch = new LogSlice(slice.lines(), slice.first(), delivered);
        return new LogBatch(sequence, name, marks, sliceOfBatch, moreBefore, resumption);
    }
}
