package io.dockrelay.relay.channel.catchup;

import java.util.ArrayList;
import java.util.List;

import io.vertx.core.Future;

import io.dockrelay.protocol.logs.LogPage;
import io.dockrelay.protocol.logs.LogSlice;
import io.dockrelay.relay.channel.ring.Ring;
import io.dockrelay.relay.channel.ring.RingPosition;

/**
 * Reads the lines after a cursor until it meets the ring: at a position that the ring has. Each page ends with the line
 * that is the ring's newest when the page is requested, so a page that reaches the present ends at such a position. Lines
 * are never compared. Made for one resumption, on the channel's context.
 */
final class ResumeCatchUp {

    /** How a resumption ends. */
    sealed interface Outcome {

        /** The reads and the live part meet at a position, with these lines before it. */
        record Met(List<LogSlice> slices, RingPosition position) implements Outcome {}

        /**
         * The channel has not reached the subscriber's position yet. A channel that was opened while the engine was away
         * gets the log from further back when the engine returns. A subscriber with a position has to wait until the
         * channel reaches it, and must not get those lines.
         */
        record RingBehind() implements Outcome {}

        /** The ring is further away than a catch-up reads. */
        record TooFar() implements Outcome {}

        /** The engine cannot read the lines between. */
        record Damaged() implements Outcome {}

        /**
         * The cursor is not in the store.
         *
         * @param stored a cursor that is; null when it is unknown
         */
        record NotInStore(String stored) implements Outcome {}
    }

    private final StorePages pages;
    private final Ring ring;
    private final ChannelLimits limits;

    /** What was read so far. */
    private final List<LogSlice> slices = new ArrayList<>();

    private int lines;
    private long bytes;

    /** Timestamp of the first line of these; null until one was read. */
    private String begin;

    ResumeCatchUp(StorePages pages, Ring ring, ChannelLimits limits) {
        this.pages = pages;
        this.ring = ring;
        this.limits = limits;
    }

    Future<Outcome> from(String cursor) {
        RingPosition known = ring.find(cursor);
        if (known != null) {
            return Future.succeededFuture(new Outcome.Met(slices, known));
        }
        String newest = ring.end().cursor();
        if (lines >= limits.lines() || bytes >= limits.catchUpBytes()) {
            return notMet(newest, begin);
        }
        return pages.between(cursor, newest, limits.lines() - lines).compose(page -> taken(page, newest));
    }

    private Future<Outcome> taken(LogPage page, String newest) {
        if (!page.anchored()) {
            return Future.succeededFuture(new Outcome.NotInStore(page.cursor()));
        }
        if (page.incomplete() != null) {
            return Future.succeededFuture(new Outcome.Damaged());
        }
        if (newest == null) {
            return Future.succeededFuture(new Outcome.RingBehind());
        }
        if (page.lines().isEmpty()) {
            return notMet(newest, null);
        }
        begin = begin == null ? page.lines().timestamp(0) : begin;
        slices.addAll(page.slices());
        lines += page.lines().count();
        bytes += page.lines().size();
        return from(page.cursor());
    }

    /**
     * The reads do not reach the end of the ring: the ring is too far ahead, or it is behind. The store gives no order of
     * two cursors (a read between them in the wrong order returns everything that follows), hence a timestamp.
     *
     * @param newest encoded position of the ring's end
     * @param timestamp lines older than this follow a ring that is behind; null for the end of the store
     */
    private Future<Outcome> notMet(String newest, String timestamp) {
        return pages.continuesAfter(newest, timestamp)
                .map(behind -> behind ? new Outcome.RingBehind() : new Outcome.TooFar());
    }
}
