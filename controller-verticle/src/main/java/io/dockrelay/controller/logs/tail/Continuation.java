package io.dockrelay.controller.logs.tail;

import java.util.Optional;

import io.vertx.core.Future;

import io.dockrelay.controller.logs.store.LineWindow;
import io.dockrelay.controller.logs.store.LoggedContainer;
import io.dockrelay.controller.logs.store.PageQuery;
import io.dockrelay.controller.logs.store.StoreReader;
import io.dockrelay.protocol.logs.Cursor;
import io.dockrelay.protocol.logs.GapReason;
import io.dockrelay.protocol.logs.TailMark;

/**
 * Where a tail continues in a container's log: after a position, or with the newest lines, after a gap when lines are
 * missing before them.
 *
 * @param gap null when nothing is missing
 * @param newest lines that precede the next stream; null when there are none
 * @param cursor where the next stream starts; null for the beginning of the log
 * @param reach what is known about the way back to the cursor
 */
record Continuation(TailMark.Gap gap, LineWindow.Page newest, Cursor cursor, StreamStart.Reach reach) {

    /** With the first line of the log. */
    static final Continuation FROM_BEGINNING = new Continuation(null, null, null, StreamStart.Reach.UNKNOWN);

    /**
     * A container that was awaited: continues after a position, or where that is impossible with the newest lines.
     *
     * @param from encoded position; null for the newest lines
     * @param maxLines the most lines to read
     */
    static Future<Continuation> join(StoreReader store, LoggedContainer container, String from, int maxLines) {
        if (from == null) {
            return newest(store, container, maxLines)
                    .map(page -> new Continuation(null, page, page.last(), StreamStart.Reach.UNKNOWN));
        }
        Optional<Cursor> cursor = Cursor.tryDecode(from);
        if (cursor.isEmpty()) {
            return resync(store, container, GapReason.UNKNOWN, from, maxLines);
        }
        if (!cursor.get().containerId().equals(container.id())) {
            return resync(store, container, GapReason.REMOVED, from, maxLines);
        }
        return store.scan(container.id(), container.terminal(), PageQuery.locate(cursor.get()))
                .compose(read -> {
                    if (read.scan().missedCursor()) {
                        return resync(store, container, GapReason.ROTATED, from, maxLines);
                    }
                    var reach = new StreamStart.Reach(
                            read.scan().entries(), read.scan().entriesAfterAnchor());
                    return Future.succeededFuture(new Continuation(null, null, cursor.get(), reach));
                });
    }

    /**
     * The newest lines, after a gap unless the position is that of the last line.
     *
     * @param from encoded position where the gap starts; null when nothing was read before
     * @param maxLines the most lines to read
     */
    static Future<Continuation> resync(
            StoreReader store, LoggedContainer container, GapReason reason, String from, int maxLines) {
        return newest(store, container, maxLines).map(page -> {
            boolean missing = page.last() == null || !page.cursor().equals(from);
            if (!missing) {
                return new Continuation(null, null, page.last(), StreamStart.Reach.UNKNOWN);
            }
            var gap = new TailMark.Gap(reason, from, page.first(), null);
            return new Continuation(gap, page, page.last(), StreamStart.Reach.UNKNOWN);
        });
    }

    private static Future<LineWindow.Page> newest(StoreReader store, LoggedContainer container, int lines) {
        return store.scan(container.id(), container.terminal(), PageQuery.newest(lines))
                .map(read -> read.scan().before().take(container.id()));
    }

    /** Puts the gap and the lines into the batches; the next stream continues there. */
    void addTo(OutgoingBatches batches, String containerId) {
        if (gap != null) {
            batches.mark(gap);
        }
        batches.begin(containerId, cursor);
        if (newest != null && newest.last() != null) {
            batches.lines(newest);
        }
    }
}
