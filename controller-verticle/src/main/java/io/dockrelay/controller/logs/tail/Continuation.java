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
        return new Continuation(missing, got.end(), StreamStart.Reach.UNKNOWN);
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
     * The newest lines, after a gap unless the position is that of one of them. None of them that precedes the position.
     *
     * @param from encoded position where the gap starts; null when nothing was read before
     * @param maxLines the most lines to read
     */
    static Future<Continuation> resync(
            StoreReader store, LoggedContainer container, GapReason reason, String from, int maxLines) {
        Cursor position = from == null ? null : Cursor.tryDecode(from).orElse(null);
        return NewestPage.after(store, container, position, reason, maxLines).map(read -> after(from, reason, read));
    }

    /**
     * The lines of a page, after a gap unless they follow the position.
     *
     * @param from encoded position where the gap starts; null when nothing was read before
     */
    static Continuation after(String from, GapReason reason, NewestPage read) {
        GapReason why = read.precedes() ? GapReason.DAMAGED : reason;
        var gap = new TailMark.Gap(why, from, read.lines().first(), null);
        return with(read.follows() ? Optional.empty() : Optional.of(gap), read);
    }

    /** Lines after the position cannot be read: those before them, a gap, and the newest lines. */
    private static Future<Continuation> acrossDamage(
            StoreReader store, LoggedContainer container, Cursor cursor, int maxLines) {
        return store.scan(container.id(), container.terminal(), PageQuery.after(cursor, maxLines))
                .compose(read -> {
                    if (read.damage() == Damage.AFTER) {
                        LineWindow.Page page = read.scan().after().take(container.id());
                        Cursor last = page.last() == null ? cursor : page.last();
                        return NewestPage.after(store, container, last, GapReason.DAMAGED, maxLines)
                                .map(newest -> after(last.encode(), GapReason.DAMAGED, newest)
                                        .preceded(page, last));
                    }
                    return read.damage() == Damage.BEFORE || read.moreAfter()
                            ? resync(store, container, GapReason.DAMAGED, cursor.encode(), maxLines)
                            : Future.succeededFuture(after(cursor, StreamStart.Reach.UNKNOWN));
                });
    }

    private static Continuation with(Optional<TailMark.Gap> gap, NewestPage read) {
        boolean endsWithGap = gap.isPresent() && read.isEmpty();
        List<Part> parts = Stream.of(
                        gap.<Part>map(Part.Missing::new),
                        Optional.<Part>of(new Part.Lines(read.lines())).filter(lines -> !read.isEmpty()),
                        read.gapAfter().<Part>map(Part.Missing::new).filter(after -> !endsWithGap))
                .flatMap(Optional::stream)
                .toList();
        return new Continuation(parts, read.end(), StreamStart.Reach.UNKNOWN);
    }

    /** @param last where the lines before these parts end */
    private Continuation preceded(LineWindow.Page lines, Cursor last) {
        boolean goesOn = parts.stream().anyMatch(Part.Lines.class::isInstance);
        List<Part> all =
                Stream.concat(Stream.of(new Part.Lines(lines)), parts.stream()).toList();
        return new Continuation(all, goesOn ? cursor : last, reach);
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
