package io.dockrelay.controller.logs.search;

import java.time.Duration;
import java.time.Instant;

import io.dockrelay.controller.logs.entries.EntryPosition;

/**
 * Which lines of a read belong to the zone that is searched. A cursor is found by its entry; if the store does not have that
 * entry, its time counts. A moment splits the store at the first line that is not older. For one read.
 */
final class ZoneBounds {

    /** The most that stdout and stderr are out of order. */
    static final Duration SLACK = Duration.ofSeconds(2);

    /** Where a line is. */
    enum Place {
        OUTSIDE,
        /** The entry at the beginning of the zone: what was before it does not belong to it. */
        BEGIN,
        INSIDE,
        /** The zone ends before this line. */
        END
    }

    /** Times between which the lines lie, both exclusive; null for none. */
    record Range(Instant since, Instant until) {

        boolean includes(EntryPosition line) {
            return (since == null || line.compareTime(since) > 0) && (until == null || line.compareTime(until) < 0);
        }
    }

    private final LogPosition lower;
    private final LogPosition upper;
    private final Range range;

    /** A line after this time is after the zone; null when there is no such time. */
    private final Instant last;

    /** True after the beginning of the zone. */
    private boolean begun;

    /** True once the entry, or the moment, at the end of the zone was read. */
    private boolean endFound;

    /**
     * @param lower the beginning; null for that of the log
     * @param upper the end; null for that of the log
     */
    ZoneBounds(LogPosition lower, LogPosition upper, Range range) {
        this.lower = lower;
        this.upper = upper;
        this.range = range;
        Instant byUpper =
                upper == null || upper.cursor() == null ? null : upper.time().plus(SLACK);
        Instant byRange = range.until() == null ? null : range.until().plus(SLACK);
        this.last = byUpper == null || (byRange != null && byRange.isBefore(byUpper)) ? byRange : byUpper;
    }

    Place place(EntryPosition line) {
        if (isEnd(line)) {
            return Place.END;
        }
        if (lower != null && lower.isAt(line)) {
            begun = true;
            return Place.BEGIN;
        }
        return isAfterLower(line) && range.includes(line) ? Place.INSIDE : Place.OUTSIDE;
    }

    /** Whether the line comes at or after the time of the entry that ends the zone: it belongs to it if that entry follows. */
    boolean isAtEnd(EntryPosition line) {
        return upper != null && upper.cursor() != null && line.compareTime(upper.time()) >= 0;
    }

    /** Whether a line of this time shows whether the zone has begun. */
    boolean isSettled(EntryPosition line) {
        return begun
                || lower == null
                || lower.cursor() == null
                || line.compareTime(lower.time().plus(SLACK)) > 0;
    }

    /** Whether the entry, or the moment, at the end of the zone was read. */
    boolean endFound() {
        return endFound;
    }

    private boolean isEnd(EntryPosition line) {
        boolean atMoment = upper != null && upper.cursor() == null && !upper.follows(line);
        if (atMoment || (upper != null && upper.isAt(line))) {
            endFound = true;
            return true;
        }
        return last != null && line.compareTime(last) > 0;
    }

    private boolean isAfterLower(EntryPosition line) {
        if (begun || lower == null) {
            return true;
        }
        boolean after = lower.precedes(line);
        begun = after && lower.cursor() == null;
        return after;
    }
}
