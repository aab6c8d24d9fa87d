package io.dockrelay.controller.logs.search;

import java.time.Instant;

import io.dockrelay.controller.logs.entries.EntryPosition;
import io.dockrelay.controller.logs.entries.Line;
import io.dockrelay.controller.logs.entries.LineJoiner;
import io.dockrelay.controller.logs.entries.LogEntry;

/**
 * Searches the lines of one read of the store, as far as they belong to a zone. A read that does not start with the log
 * begins with lines that are only looked at: the position of the very first is uncertain, and a stack trace may have begun
 * before them. The zone begins after them, and the next read ends there. For one read; for one thread at a time.
 */
final class ZoneScan implements LogEntry.Sink, Line.Sink {

    /**
     * What is read.
     *
     * @param terminal whether the container has a terminal
     * @param fromStart whether the read starts with the first entry of the log, or with the zone
     * @param lead how many lines are only looked at, if it does not
     * @param mustHoldBegin whether the read is useless if the zone begins before the lines that are searched
     * @param mustPrecede the read is useless if its first line is not before this time; null for no such time
     */
    record Read(boolean terminal, boolean fromStart, int lead, boolean mustHoldBegin, Instant mustPrecede) {}

    private final Read read;
    private final ZoneBounds bounds;
    private final LineMatcher matcher;
    private final LineJoiner joiner;
    private final ZoneHits hits;

    /** Entries of the read so far. */
    private long entries;

    /** Lines of the read before the zone may begin. */
    private int led;

    /** True once it is clear whether the zone has begun. */
    private boolean settled;

    /** True after the entry at the beginning of the zone. */
    private boolean beginFound;

    /** Position of the first line of the zone, unless the read starts with it. */
    private final EntryPosition first = new EntryPosition();

    /** Of the lines so far. */
    private final LatestStamp latest = new LatestStamp();

    /** Of the lines before the zone, or its first. */
    private final LatestStamp latestBefore = new LatestStamp();

    private boolean tooShort;
    private boolean over;

    ZoneScan(Read read, ZoneBounds bounds, LineMatcher matcher, ZoneHits hits) {
        this.read = read;
        this.bounds = bounds;
        this.matcher = matcher;
        this.hits = hits;
        this.joiner = new LineJoiner(read.terminal(), this);
    }

    @Override
    public void entry(LogEntry entry) {
        matcher.cancellation().check();
        if (!over) {
            entries++;
            joiner.entry(entry);
        }
    }

    @Override
    public void line(Line line) {
        if (over) {
            return;
        }
        if (latest.isEmpty() && isTooLate(line)) {
            giveUp();
            return;
        }
        matcher.show(line);
        ZoneBounds.Place place = bounds.place(line.position);
        over = place == ZoneBounds.Place.END;
        if (over) {
            return;
        }
        latest.add(line);
        if (!read.fromStart() && !first.known()) {
            lead(line, place);
        } else {
            search(line, place);
        }
    }

    /** Makes the thread that searches end soon, with an exception. For any thread. */
    void cancel() {
        matcher.cancellation().request();
    }

    /** The log, or the read, has ended. */
    void end() {
        joiner.end();
        hits.end(bounds.endFound());
        over = true;
    }

    /** Whether the rest of the read is not needed. */
    boolean done() {
        return over;
    }

    /** Whether the read did not reach far enough back; nothing was searched then. */
    boolean tooShort() {
        return tooShort;
    }

    /** Whether the entry at the beginning of the zone was read: no older line belongs to it. */
    boolean beginFound() {
        return beginFound;
    }

    /** Whether the entry, or the moment, at the end of the zone was read. */
    boolean endFound() {
        return bounds.endFound();
    }

    long entries() {
        return entries;
    }

    /** The lines and hits of the zone so far. */
    ZoneHits hits() {
        return hits;
    }

    /** Position of the first line of the zone; unknown if the read starts with it, or there is none. */
    EntryPosition first() {
        return first;
    }

    /** Timestamp of the latest line so far; null before the first. */
    String latest() {
        return latest.text();
    }

    /** Timestamp of the latest line before the zone, or its first; null when there is none. */
    String latestBefore() {
        return latestBefore.text();
    }

    /** Whether all hits so far are known to belong to the zone. */
    boolean certain() {
        return over || (settled && !hits.isAtEnd());
    }

    private boolean isTooLate(Line line) {
        return read.mustPrecede() != null && line.position.compareTime(read.mustPrecede()) >= 0;
    }

    private void giveUp() {
        tooShort = true;
        over = true;
    }

    /** A line of a read that does not start with the log: the zone may begin with it, or later. */
    private void lead(Line line, ZoneBounds.Place place) {
        if (led++ >= read.lead() && line.certain) {
            first.copyFrom(line.position);
            latestBefore.copyFrom(latest);
            search(line, place);
        } else if (read.mustHoldBegin() && place != ZoneBounds.Place.OUTSIDE) {
            giveUp();
        }
    }

    private void search(Line line, ZoneBounds.Place place) {
        switch (place) {
            case BEGIN -> restart();
            case INSIDE -> take(line);
            case OUTSIDE, END -> {}
        }
    }

    private void take(Line line) {
        settled |= bounds.isSettled(line.position);
        hits.line(bounds.isAtEnd(line.position));
        if (matcher.matches(line)) {
            hits.hit(line, matcher.level(), latest.bytes);
        }
    }

    private void restart() {
        hits.restart();
        settled = true;
        beginFound = true;
    }
}
