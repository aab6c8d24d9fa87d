package io.dockrelay.controller.logs.store;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;

import io.vertx.core.Future;

import io.dockrelay.docker.LogQuery;
import io.dockrelay.protocol.bus.Refusal;

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

    /**
     * The part of a tail that may be read without being needed. To read an entry costs the engine about twenty times as much
     * as to count it, so that one more tail would not be dearer.
     */
    private static final double WASTE = 0.06;

    /** The part of the difference of two tails by which one between them is larger than their rate says. */
    private static final double SURPLUS_BETWEEN = 0.03;

    /** The least and the most of that difference: a rate that changes between them must not end the narrowing. */
    private static final double LEAST_STEP = 0.05;

    /** Entries at the beginning of a tail; the latest of their times counts, because one of them may have been delayed. */
    private static final int BEGINNING = 16;

    /** The part of the store's time from its start in which a read from there is cheaper. */
    private static final double NEAR_START = 0.02;

    /** The most that stdout and stderr are out of order; {@code until} ends the engine's read at the first later entry. */
    static final Duration SLACK = Duration.ofSeconds(2);

    /** The same for a moment that is no entry's: a tail begins with several entries that are older. */
    private static final Duration SLACK_OF_MOMENT = Duration.ofMillis(100);

    /** The beginning of each probe. */
    private static final long MAX_BYTES = 1L << 20;

    /**
     * A tail.
     *
     * @param entries one at least
     * @param begin the latest time of its first entries
     */
    record Probe(int entries, Instant begin) {}

    /** Where in the store a moment is. */
    sealed interface Depth {}

    /** Among this number of the newest entries. */
    record Within(int entries) implements Depth {}

    /** Nearer to the store's first entry. */
    record NearStart() implements Depth {}

    /** It is older than the store's first entry. */
    record BeforeStart() implements Depth {}

    /** The engine did not show it. */
    record Unknown() implements Depth {}

    /**
     * What is searched.
     *
     * @param start the latest time of the store's first entries
     * @param target the first entries of the tail must not be newer than this
     */
    private record Goal(Instant start, Instant target) {

        boolean isReachedBy(Probe probe) {
            return !probe.begin.isAfter(target);
        }

        Depth depth(Probe reaching) {
            return reaching.begin.equals(start) ? new NearStart() : new Within(reaching.entries);
        }
    }

    private final RangeRead store;
    private final boolean terminal;
    private final Duration slack;
    private final ReadDeadline deadline;

    private int probes;

    /** @param forEntry whether the moment is the time of an entry that is searched, whose clock may have been set back */
    TailSearch(RangeRead store, boolean terminal, boolean forEntry, ReadDeadline deadline) {
        this.store = store;
        this.terminal = terminal;
        this.slack = forEntry ? SLACK : SLACK_OF_MOMENT;
        this.deadline = deadline;
    }

    /**
     * Searches.
     *
     * @param newest the newest entry
     * @param read a tail that begins after the moment
     */
    Future<Depth> reaching(Instant moment, Probe newest, Probe read) {
        return beginning(LogQuery.stored(terminal), trace -> {
                    if (moment.isBefore(trace.begin())) {
                        return Future.succeededFuture(new BeforeStart());
                    }
                    Instant start = trace.latest();
                    if (share(start, moment, read.begin) < NEAR_START) {
                        return Future.succeededFuture(new NearStart());
                    }
                    Instant early = moment.minus(slack);
                    var goal = new Goal(start, early.isBefore(start) ? start : early);
                    return grow(goal, newest, read);
                })
                .recover(failure -> failure instanceof Refusal
                        ? Future.failedFuture(failure)
                        : Future.succeededFuture(new Unknown()));
    }

    /** @param larger it does not reach the goal, nor does {@code smaller} */
    private Future<Depth> grow(Goal goal, Probe smaller, Probe larger) {
        if (probes >= MAX_PROBES || larger.entries >= MAX_TAIL) {
            return Future.succeededFuture(new Unknown());
        }
        return probe(
                next(goal.target, smaller, larger),
                found -> goal.isReachedBy(found) ? narrow(goal, larger, found) : grow(goal, larger, found));
    }

    /** A tail of a burst of entries makes the next one far too large. */
    private Future<Depth> narrow(Goal goal, Probe smaller, Probe reaching) {
        double needless = (reaching.entries - smaller.entries) * share(reaching.begin, goal.target, smaller.begin);
        if (probes >= MAX_PROBES || needless < WASTE * reaching.entries) {
            return Future.succeededFuture(goal.depth(reaching));
        }
        return probe(
                between(goal.target, smaller, reaching),
                found -> goal.isReachedBy(found) ? narrow(goal, smaller, found) : narrow(goal, found, reaching));
    }

    /** Which part of the time from the start to the end has passed at the moment; 0 to 1. */
    private static double share(Instant start, Instant moment, Instant end) {
        double all = start.until(end, ChronoUnit.MILLIS);
        return all <= 0 ? 0 : Math.clamp(start.until(moment, ChronoUnit.MILLIS) / all, 0, 1);
    }

    /** The number of entries that reach the target, if they were written at the rate of those between two tails' beginnings. */
    static int next(Instant target, Probe smaller, Probe larger) {
        double millis = Math.max(1, larger.begin.until(smaller.begin, ChronoUnit.MILLIS));
        double rate = (larger.entries - smaller.entries) / millis;
        double needed = larger.entries + rate * target.until(larger.begin, ChronoUnit.MILLIS) * SURPLUS;
        return (int) Math.clamp(needed, grown(larger.entries, MIN_GROWTH), grown(larger.entries, MAX_GROWTH));
    }

    /** The same between two tails of which the larger reaches the target; larger than {@code smaller} by one at least. */
    static int between(Instant target, Probe smaller, Probe reaching) {
        double needed = 1 - share(reaching.begin, target, smaller.begin) + SURPLUS_BETWEEN;
        double step = Math.clamp(needed, LEAST_STEP, 1 - LEAST_STEP);
        return smaller.entries + (int) Math.max(1, (reaching.entries - smaller.entries) * step);
    }

    private static double grown(int entries, double factor) {
        return Math.min(MAX_TAIL, Math.ceil(entries * factor));
    }

    private Future<Depth> probe(int entries, Function<Probe, Future<Depth>> then) {
        probes++;
        return beginning(LogQuery.newest(entries, terminal), trace -> then.apply(new Probe(entries, trace.latest())));
    }

    /** @param then takes the range's first entries; not called when there is none */
    private Future<Depth> beginning(LogQuery range, Function<ReadTrace, Future<Depth>> then) {
        return store.beginning(range, BEGINNING, new StoreRead.Bounds(MAX_BYTES, deadline.left()))
                .compose(trace -> trace.entries() == 0 ? Future.succeededFuture(new Unknown()) : then.apply(trace));
    }
}
