package io.dockrelay.controller.logs.tail;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.vertx.core.Future;

import io.dockrelay.controller.logs.store.LineWindow;
import io.dockrelay.controller.logs.store.LoggedContainer;
import io.dockrelay.controller.logs.store.PageQuery;
import io.dockrelay.controller.logs.store.Scanned;
import io.dockrelay.controller.logs.store.Scanned.Damage;
import io.dockrelay.controller.logs.store.StoreReader;
import io.dockrelay.protocol.logs.Cursor;
import io.dockrelay.protocol.logs.GapReason;
import io.dockrelay.protocol.logs.TailMark;

/**
 * Where a tail continues in a container's log: after a position, or with the newest lines, after a gap when lines are
 * missing before them.
 *
 * @param parts gaps and lines that precede the next stream, in their order
 * @param cursor where the next stream starts; null for the beginning of the log
 * @param reach what is known about the way back to the cursor
 */
record Continuation(List<Part> parts, Cursor cursor, StreamStart.Reach reach) {

    /** What precedes the next stream. */
    sealed interface Part {

        record Lines(LineWindow.Page page) implements Part {}

        record Missing(TailMark.Gap gap) implements Part {}
    }

    /** With the first line of the log. */
    static final Continuation FROM_BEGINNING = after(null, StreamStart.Reach.UNKNOWN);

    Continuation {
        parts = List.copyOf(parts);
    }

    /** After a position. */
    static Continuation after(Cursor cursor, StreamStart.Reach reach) {
        return new Continuation(List.of(), cursor, reach);
    }

    /** After lines that the reader has got already. */
    static Continuation after(NewestPage got) {
        List<Part> missing =
                got.gapAfter().<Part>map(Part.Missing::new).stream().toList();
        return new Continuation(missing, got.lines().last(), StreamStart.Reach.UNKNOWN);
    }

    /** After an entry that a read has located. */
    static Future<Continuation> located(
            StoreReader store, LoggedContainer container, Cursor cursor, Scanned located, int maxLines) {
        if (located.damage() != Damage.NONE) {
            return acrossDamage(store, container, cursor, maxLines);
        }
        var reach =
                new StreamStart.Reach(located.scan().entries(), located.scan().entriesAfterAnchor());
        return Future.succeededFuture(after(cursor, reach));
    }

    /** Why a position that was not located is not in the store. */
    static GapReason reason(Scanned missed) {
        return missed.damage() == Damage.NONE ? GapReason.ROTATED : GapReason.DAMAGED;
    }

    /**
     * A container that was awaited: continues after a position, or where that is impossible with the newest lines.
     *
     * @param from encoded position; null for the newest lines
     * @param maxLines the most lines to read
     */
    static Future<Continuation> join(StoreReader store, LoggedContainer container, String from, int maxLines) {
        if (from == null) {
            return NewestPage.read(store, container, maxLines).map(read -> with(read.gapBefore(), read));
        }
        Optional<Cursor> cursor = Cursor.tryDecode(from);
        if (cursor.isEmpty()) {
            return resync(store, container, GapReason.UNKNOWN, from, maxLines);
        }
        if (!cursor.get().containerId().equals(container.id())) {
            return resync(store, container, GapReason.REMOVED, from, maxLines);
        }
        return store.scan(container.id(), container.terminal(), PageQuery.locate(cursor.get()))
                .compose(read -> read.scan().missedCursor()
                        ? resync(store, container, reason(read), from, maxLines)
                        : located(store, container, cursor.get(), read, maxLines));
    }

    /**
     * The newest lines, after a gap unless the position is that of the last line.
     *
     * @param from encoded position where the gap starts; null when nothing was read before
     * @param maxLines the most lines to read
     */
    static Future<Continuation> resync(
            StoreReader store, LoggedContainer container, GapReason reason, String from, int maxLines) {
        return NewestPage.read(store, container, maxLines).map(read -> {
            LineWindow.Page page = read.lines();
            boolean missing = page.last() == null || !page.cursor().equals(from);
            return missing ? with(Optional.of(new TailMark.Gap(reason, from, page.first(), null)), read) : after(read);
        });
    }

    /** Lines after the position cannot be read: those before them, a gap, and the newest lines. */
    private static Future<Continuation> acrossDamage(
            StoreReader store, LoggedContainer container, Cursor cursor, int maxLines) {
        return store.scan(container.id(), container.terminal(), PageQuery.after(cursor, maxLines))
                .compose(read -> {
                    if (read.damage() == Damage.AFTER) {
                        LineWindow.Page page = read.scan().after().take(container.id());
                        return NewestPage.read(store, container, maxLines).map(newest -> across(cursor, page, newest));
                    }
                    return read.damage() == Damage.BEFORE || read.moreAfter()
                            ? resync(store, container, GapReason.DAMAGED, cursor.encode(), maxLines)
                            : Future.succeededFuture(after(cursor, StreamStart.Reach.UNKNOWN));
                });
    }

    private static Continuation across(Cursor cursor, LineWindow.Page before, NewestPage newest) {
        Cursor last = before.last() == null ? cursor : before.last();
        boolean noneAfter = newest.damage() == Damage.AFTER;
        String to = noneAfter ? null : newest.lines().first();
        var lines = new Part.Lines(before);
        var gap = new Part.Missing(new TailMark.Gap(GapReason.DAMAGED, last.encode(), to, null));
        return noneAfter
                ? new Continuation(List.of(lines, gap), last, StreamStart.Reach.UNKNOWN)
                : new Continuation(
                        List.of(lines, gap, new Part.Lines(newest.lines())),
                        newest.lines().last(),
                        StreamStart.Reach.UNKNOWN);
    }

    private static Continuation with(Optional<TailMark.Gap> gap, NewestPage read) {
        List<Part> parts = Stream.of(
                        gap.<Part>map(Part.Missing::new),
                        Optional.<Part>of(new Part.Lines(read.lines())),
                        read.gapAfter().<Part>map(Part.Missing::new))
                .flatMap(Optional::stream)
                .toList();
        return new Continuation(parts, read.lines().last(), StreamStart.Reach.UNKNOWN);
    }

    /** Whether the log ends with a gap that damage has caused. */
    boolean endsDamaged() {
        return !parts.isEmpty()
                && parts.getLast() instanceof Part.Missing(TailMark.Gap gap)
                && gap.reason() == GapReason.DAMAGED
                && gap.to() == null;
    }

    /** Puts the gaps and the lines into the batches; the next stream continues there. */
    void addTo(OutgoingBatches batches, String containerId) {
        batches.begin(containerId, cursor);
        for (Part part : parts) {
            switch (part) {
                case Part.Missing missing -> batches.mark(missing.gap());
                case Part.Lines lines when lines.page().last() != null -> batches.lines(lines.page());
                case Part.Lines empty -> {}
            }
        }
    }
}
