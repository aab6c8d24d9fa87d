package io.dockrelay.controller.logs.store;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import io.vertx.core.Future;

import io.dockrelay.controller.logs.entries.EntryPosition;
import io.dockrelay.docker.LogQuery;

/**
 * Finds how many of a store's newest entries reach back to a moment. Up to a tail's first entry the engine only counts line
 * ends, which costs it a tenth of a read by time, for which it decodes each entry from the start. So this asks for the first
 * entry of some tails: their times show the rate at which entries were written, and so how many more are needed. Made for one
 * page, on the caller's context.
 */
final class TailSearch {

    private static final int MAX_PROBES = 12;
    private static final double MIN_GROWTH = 1.25;
    private static final int MAX_GROWTH = 64;
    private static final int MAX_TAIL = 1 << 26;

    /** A tail is a little larger than the rate says: one that is too small costs another one. */
    private static final double SURPLUS = 1.05;

    /** The most that stdout and stderr are out of order. */
    private static final Duration SLACK = Duration.ofSeconds(2);

    /** One entry of each probe. */
    private static final long MAX_BYTES = 1L << 20;

    /**
     * A tail and the time of its first entry.
     *
     * @param entries one at least
     */
    record Reach(int entries, Instant begin) {}

    /** Where in the store a moment is. */
    sealed interface Depth {}

    /** It is among this number of the newest entries. */
    record Tail(int entries) implements Depth {}

    /** It is near the store's first entry. */
    record NearStart() implements Depth {}

    /** It is older than the store's first entry. */
    record BeforeStart() implements Depth {}

    /** The rate of the entries does not show it. */
    record Unknown() implements Depth {}

    private final RangeRead store;
    private final boolean terminal;
    private final ReadDeadline deadline;

    TailSearch(RangeRead store, boolean terminal, ReadDeadline deadline) {
        this.store = store;
        this.terminal = terminal;
        this.deadline = deadline;
    }

    /**
     * Searches.
     *
     * @param newest the newest entry
     * @param read a tail that begins after the moment
     * @param nearStart the part of the store's time, from its start, for which it is not worth it; 0 to 1
     */
    Future<Depth> reaching(Instant moment, Reach newest, Reach read, double nearStart) {
        return first(new LogQuery(false, null, null, null, terminal)).compose(start -> {
            if (start == null) {
                return Future.succeededFuture(new Unknown());
            }
            if (moment.isBefore(start)) {
                return Future.succeededFuture(new BeforeStart());
            }
            if (share(start, moment, read.begin) < nearStart) {
                return Future.succeededFuture(new NearStart());
            }
            Instant early = moment.minus(SLACK);
            Instant target = early.isBefore(start) ? start : early;
            return probe(target, read, next(target, newest, read), 1);
        });
    }

    private static double share(Instant start, Instant moment, Instant end) {
        double all = Duration.between(start, end).toMillis();
        return all <= 0 ? 0 : Duration.between(start, moment).toMillis() / all;
    }

    private Future<Depth> probe(Instant target, Reach last, int entries, int probes) {
        return first(LogQuery.newest(entries, terminal)).compose(begin -> {
            if (begin != null && !begin.isAfter(target)) {
                return Future.succeededFuture(new Tail(entries));
            }
            if (begin == null || probes >= MAX_PROBES || entries >= MAX_TAIL) {
                return Future.succeededFuture(new Unknown());
            }
            var reach = new Reach(entries, begin);
            return probe(target, reach, next(target, last, reach), probes + 1);
        });
    }

    private static double grown(int entries, double factor) {
        return Math.min(MAX_TAIL, entries * factor);
    }

    /** The number of entries that reach the target, if they were written at the rate of those between two tails' beginnings. */
    static int next(Instant target, Reach smaller, Reach larger) {
        double millis = Math.max(1, larger.begin.until(smaller.begin, ChronoUnit.MILLIS));
        double rate = (larger.entries - smaller.entries) / millis;
        double needed = larger.entries + rate * target.until(larger.begin, ChronoUnit.MILLIS) * SURPLUS;
        return (int) Math.clamp(needed, grown(larger.entries, MIN_GROWTH), grown(larger.entries, MAX_GROWTH));
    }

    /** Time of the range's first entry; null when there is none. */
    private Future<Instant> first(LogQuery range) {
        return store.first(range, new StoreRead.Bounds(MAX_BYTES, deadline.left()))
                .map(position -> position == null ? null : time(position));
    }

    private static Instant time(EntryPosition position) {
        return Instant.ofEpochSecond(position.seconds, position.nanos);
    }
}
