package io.dockrelay.relay.uplink;

import java.util.ArrayList;
import java.util.List;

import io.dockrelay.protocol.logs.LineBlock;
import io.dockrelay.protocol.logs.TailMark;

/**
 * What waits for a tail's reader: marks, then lines.
 *
 * @param cursor encoded position behind it; null when nothing was ever read, or in front of a mark alone
 * @param snapshot whether it is what a tail begins with; it is never put together with what follows
 * @param moreBefore only in a snapshot
 * @param resumed only in a snapshot
 * @param first encoded position of the first line; null when there is none, or nobody said
 * @param wire bytes of the messages that brought it
 */
record TailItem(
        String name,
        List<TailMark> marks,
        LineBlock lines,
        String cursor,
        boolean snapshot,
        Boolean moreBefore,
        Boolean resumed,
        String first,
        int wire) {

    TailItem {
        marks = List.copyOf(marks);
    }

    static TailItem mark(String name, TailMark mark, int wire) {
        return new TailItem(name, List.of(mark), LineBlock.EMPTY, null, false, null, null, null, wire);
    }

    static TailItem lines(String name, List<TailMark> marks, LineBlock lines, String cursor, String first, int wire) {
        return new TailItem(name, marks, lines, cursor, false, null, null, first, wire);
    }

    TailItem behind(TailMark mark) {
        List<TailMark> all = new ArrayList<>();
        all.add(mark);
        all.addAll(marks);
        return new TailItem(name, all, lines, cursor, snapshot, moreBefore, resumed, first, wire);
    }

    /** The same, when what brought it has been counted already. */
    TailItem withoutWire() {
        return new TailItem(name, marks, lines, cursor, snapshot, moreBefore, resumed, first, 0);
    }

    /** Whether it is a mark that may travel with what follows. */
    boolean standsAlone() {
        return lines.isEmpty() && !snapshot;
    }

    /** This item, which stands alone, and the next one as one. */
    TailItem with(TailItem next) {
        List<TailMark> all = new ArrayList<>(marks);
        all.addAll(next.marks);
        String reached = next.cursor == null ? cursor : next.cursor;
        return new TailItem(
                next.name,
                all,
                next.lines,
                reached,
                next.snapshot,
                next.moreBefore,
                next.resumed,
                next.first,
                wire + next.wire);
    }
}
