package io.dockrelay.controller.logs.search;

import java.time.Instant;
import java.util.List;

import io.dockrelay.docker.LogQuery;
import io.dockrelay.protocol.logs.Cursor;
import io.dockrelay.protocol.search.SearchQuery;

/**
 * Which parts of a log are read, one after the other. With the newest hits first, the engine is asked for growing tails, and
 * then for the whole log: each read ends where the zone before it began, so no line is sent twice. With the oldest first, one
 * read is enough; tails are tried for a beginning near the end of the log, before the engine has to decode all of it. Pure;
 * owned by its {@link SearchedLog}.
 */
final class ReadPlan {

    /** Entries of the reads from the end, before the one by time. */
    static final List<Integer> TAILS = List.of(2_048, 16_384, 131_072, 1_048_576);

    private final boolean oldestFirst;
    private final List<Integer> tails;
    private final LogPosition lower;

    /** Where the lines end that were not searched: at the zone that was searched last. */
    private LogPosition upper;

    /** Whether a zone was searched, so that its first line is in the store. */
    private boolean upperIsStored;

    private final ZoneBounds.Range range;

    /** Nothing before this time is needed; null when everything is. */
    private final Instant floor;

    /** Index of the current read. */
    private int step;

    /** @throws IllegalArgumentException with a sentence for the client, when a position is none */
    ReadPlan(SearchQuery query, String containerId, List<Integer> tails) {
        this.oldestFirst = query.oldestFirst();
        this.tails = tails;
        lower = LogPosition.of(query.bounds().after(), containerId);
        upper = LogPosition.of(query.bounds().before(), containerId);
        range = new ZoneBounds.Range(
                time(query.bounds().since()), time(query.bounds().until()));
        Instant from = later(range.since(), lower == null ? null : lower.time());
        floor = from == null ? null : from.minus(ZoneBounds.SLACK);
        step = oldestFirst && floor == null ? tails.size() : 0;
    }

    /** What to request from the engine now. */
    LogQuery request(boolean terminal) {
        if (isTail()) {
            return LogQuery.newest(tails.get(step), terminal);
        }
        Instant end = end();
        String until = end == null ? null : seconds(end.plus(ZoneBounds.SLACK));
        return new LogQuery(false, null, seconds(floor), until, terminal);
    }

    /** Whether the current read starts somewhere in the log. */
    boolean isTail() {
        return step < tails.size();
    }

    /** The current read is useless if its first line is not before this time; null when there is no such time. */
    Instant mustPrecede() {
        Instant bound = oldestFirst ? floor : end();
        return isTail() ? bound : null;
    }

    /** The zone of the current read. */
    ZoneBounds bounds() {
        return new ZoneBounds(lower, upper, range);
    }

    /** Whether the zone of a scan does not count, and the next read has to reach further back. */
    boolean isVoid(ZoneScan scan) {
        return scan.tooShort() || (isTail() && startsAtABound(scan));
    }

    void reachFurther() {
        step++;
    }

    /**
     * The zone of the current read was searched.
     *
     * @param whole whether the read began with the log, as far as the number of its entries shows
     * @param first the first line of the zone; null for that of the read, or none
     * @return whether it was the last one
     */
    boolean searched(ZoneScan scan, boolean whole, Cursor first) {
        boolean reachedFloor =
                first != null && floor != null && first.timestamp().isBefore(floor);
        boolean last = oldestFirst || !isTail() || scan.beginFound() || reachedFloor;
        step = whole || first == null ? tails.size() : step + 1;
        if (first != null) {
            upper = LogPosition.at(first);
            upperIsStored = true;
        }
        return last;
    }

    /** Whether a tail of this number of entries, which the engine has ended, began with the log. */
    boolean isWhole(long entries) {
        return isTail() && entries < tails.get(step);
    }

    /**
     * Whether the engine ended a read before a line that is known to be in the store, as at damage after a power cut.
     *
     * @param newest time of the newest line of the store; null when it is not known
     */
    boolean missesTheEnd(ZoneScan scan, Instant newest) {
        if (upper != null || range.until() != null) {
            return upperIsStored;
        }
        return newest != null && mayMissTheEnd(scan, newest);
    }

    /** Whether a read that the engine has ended with a report may lack lines. */
    boolean mayMissTheEnd(ZoneScan scan, Instant newest) {
        Instant latest = scan.latest() == null ? Instant.EPOCH : Instant.parse(scan.latest());
        boolean needed = newest == null || floor == null || !newest.isBefore(floor);
        return needed && (newest == null || latest.isBefore(newest));
    }

    /**
     * Whether a tail starts so near to a bound that was not found in it, that lines which are out of order may be on the wrong
     * side of it.
     */
    private boolean startsAtABound(ZoneScan scan) {
        if (oldestFirst || !scan.first().known()) {
            return false;
        }
        boolean afterEnd = upper != null
                && !(scan.endFound() && upper.cursor() != null)
                && scan.first().compareTime(upper.time().minus(ZoneBounds.SLACK)) > 0;
        boolean atBegin = lower != null
                && !scan.beginFound()
                && scan.first().compareTime(lower.time().minus(ZoneBounds.SLACK)) >= 0
                && scan.first().compareTime(lower.time().plus(ZoneBounds.SLACK)) <= 0;
        return afterEnd || atBegin;
    }

    /** No line after this time is needed; null when they all are. */
    private Instant end() {
        Instant end = upper == null ? null : upper.time();
        return range.until() == null || (end != null && end.isBefore(range.until())) ? end : range.until();
    }

    private static Instant time(String timestamp) {
        return timestamp == null ? null : Instant.parse(timestamp);
    }

    private static Instant later(Instant one, Instant other) {
        return one == null || (other != null && other.isAfter(one)) ? other : one;
    }

    private static String seconds(Instant time) {
        return time == null ? null : "%d.%09d".formatted(Math.max(0, time.getEpochSecond()), time.getNano());
    }
}
