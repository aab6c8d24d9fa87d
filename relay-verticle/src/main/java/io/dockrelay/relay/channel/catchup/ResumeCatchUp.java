package io.dockrelay.relay.channel.catchup;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

import io.vertx.core.Future;

import io.dockrelay.protocol.logs.LineBlock;
import io.dockrelay.protocol.logs.LogPage;
import io.dockrelay.protocol.logs.LogSlice;
import io.dockrelay.protocol.logs.ReadLogs;
import io.dockrelay.protocol.logs.ReadLogs.Anchor;
import io.dockrelay.relay.channel.ring.Ring;
import io.dockrelay.relay.channel.ring.RingPosition;

/**
 * Reads what follows a cursor until it meets the ring: at a cursor that the ring knows, or at the line that was the
 * channel's last one when the page was asked for. Nothing is met by likeness: a line that looks like another one in its
 * page does not count. Made for one resumption, on the channel's context.
 */
final class ResumeCatchUp {

    /** How a resumption ends; it fails where that cannot be known now, with {@link RingBehind} where the ring has to go on. */
    sealed interface Outcome {

        /** Reading and the live part met at a place, with these lines before it. */
        record Met(List<LogSlice> slices, RingPosition place) implements Outcome {}

        /** The ring is further away than is caught up with. */
        record TooFar() implements Outcome {}

        /**
         * The cursor is not in the store.
         *
         * @param there a cursor that is; null when nobody said
         */
        record NotThere(String there) implements Outcome {}
    }

    private static final int PAGE_LINES = 5_000;

    private final Function<ReadLogs, Future<LogPage>> pages;
    private final String container;
    private final Ring ring;

    /** The last line of the ring's newest batch; empty when no line has come through the channel yet. */
    private final Supplier<LineBlock> lastLine;

    private final ChannelLimits limits;

    /** What was read so far. */
    private final List<LogSlice> pieces = new ArrayList<>();

    private int lines;
    private long bytes;

    /** When the first line of these was written; null until one was read. */
    private String begun;

    ResumeCatchUp(
            Function<ReadLogs, Future<LogPage>> pages,
            String container,
            Ring ring,
            Supplier<LineBlock> lastLine,
            ChannelLimits limits) {
        this.pages = pages;
        this.container = container;
        this.ring = ring;
        this.lastLine = lastLine;
        this.limits = limits;
    }

    Future<Outcome> from(String cursor) {
        RingPosition known = ring.behind(cursor);
        if (known != null) {
            return Future.succeededFuture(new Outcome.Met(pieces, known));
        }
        RingPosition pin = ring.end();
        if (lines >= limits.lines() || bytes >= limits.catchUpBytes()) {
            return notMet(pin, begun);
        }
        return lastLineAt(pin).compose(pinned -> page(cursor, pin, pinned));
    }

    /**
     * Reading does not come to the ring's end: because the ring is too far ahead, or because it is behind. The store
     * knows no order of two cursors (what is between them is, the wrong way round, all that follows), hence a moment.
     *
     * @param moment before which lines follow a ring that is behind; null for the store's end
     */
    private Future<Outcome> notMet(RingPosition pin, String moment) {
        return pages.apply(new ReadLogs(container, Anchor.AFTER, pin.cursor(), null, null, 1, moment))
                .compose(page -> page.anchored() && !page.lines().isEmpty()
                        ? Future.failedFuture(new RingBehind())
                        : Future.succeededFuture(new Outcome.TooFar()));
    }

    /** A channel that was opened at the present has a position and no line yet: the store knows which one stands there. */
    private Future<LineBlock> lastLineAt(RingPosition pin) {
        LineBlock known = lastLine.get();
        if (!known.isEmpty() || pin.cursor() == null) {
            return Future.succeededFuture(known);
        }
        return pages.apply(new ReadLogs(container, Anchor.THROUGH, pin.cursor(), null, null, 1))
                .map(page -> page.anchored() ? page.lines() : LineBlock.EMPTY);
    }

    private Future<Outcome> page(String cursor, RingPosition pin, LineBlock pinned) {
        int limit = Math.min(PAGE_LINES, limits.lines() - lines);
        return pages.apply(new ReadLogs(container, Anchor.AFTER, cursor, null, null, limit))
                .compose(page -> taken(page, pin, pinned));
    }

    private Future<Outcome> taken(LogPage page, RingPosition pin, LineBlock pinned) {
        if (!page.anchored()) {
            return Future.succeededFuture(new Outcome.NotThere(page.cursor()));
        }
        if (pin.cursor() == null) {
            return Future.failedFuture(new RingBehind());
        }
        if (page.lines().isEmpty()) {
            return notMet(pin, null);
        }
        int cut = ring.overtook(pin) || ring.behind(page.cursor()) != null ? -1 : only(pinned, page);
        if (cut < 0) {
            take(page, page.lines().count(), page.cursor());
            return from(page.cursor());
        }
        take(page, cut + 1, pin.cursor());
        return Future.succeededFuture(new Outcome.Met(pieces, pin));
    }

    private void take(LogPage page, int count, String end) {
        List<LogSlice> more = slices(page, count, end);
        pieces.addAll(more);
        begun = begun == null ? page.lines().timestamp(0) : begun;
        lines += count;
        more.forEach(piece -> bytes += piece.lines().size());
    }

    /** The first lines of a page, cut into frames. */
    private static List<LogSlice> slices(LogPage page, int count, String end) {
        var taken = new LogSlice(page.lines().slice(0, count), page.first(), end);
        return taken.cutAt(page.waypoints().stream()
                .filter(waypoint -> waypoint.lines() < count)
                .toList());
    }

    /** Index of that line when it stands in the page exactly once and no equal one can follow, else -1. */
    private static int only(LineBlock line, LogPage page) {
        LineBlock lines = page.lines();
        if (line.isEmpty() || (page.moreAfter() && lines.lastTimestamp().equals(line.timestamp(0)))) {
            return -1;
        }
        int found = -1;
        for (int i = 0; i < lines.count(); i++) {
            if (lines.sizeOf(i) == line.size() && lines.slice(i, i + 1).equals(line)) {
                if (found >= 0) {
                    return -1;
                }
                found = i;
            }
        }
        return found;
    }
}
