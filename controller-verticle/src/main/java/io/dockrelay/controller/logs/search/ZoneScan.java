package io.dockrelay.controller.logs.search;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import io.dockrelay.controller.logs.entries.DockerTimestamp;
import io.dockrelay.controller.logs.entries.EntryPosition;
import io.dockrelay.controller.logs.entries.Line;
import io.dockrelay.controller.logs.entries.LineJoiner;
import io.dockrelay.controller.logs.entries.LogEntry;
import io.dockrelay.protocol.search.SearchItem.Hit;

/**
 * Searches the lines of one read of the store, as far as they belong to a zone: counts all hits, and holds the newest ones, or
 * the first ones. A read that does not start with the log begins with lines that are only looked at: the position of the very
 * first is uncertain, and a stack trace may have begun before them. The zone begins after them, and the next read ends there.
 * For one read; for one thread at a time.
 */
final class ZoneScan implements LogEntry.Sink, Line.Sink {

    private static final int STAMP = DockerTimestamp.LENGTH - 1;

    /**
     * What is read.
     *
     * @param terminal whether the container has a terminal
     * @param fromStart whether the read starts with the first entry of the log, or with the zone
     * @param lead how many lines are only looked at, if it does not
     * @param mustPrecede the read is useless if its first line is not before this time; null for no such time
     */
    record Read(boolean terminal, boolean fromStart, int lead, Instant mustPrecede) {}

    private final Read read;
    private final ZoneBounds bounds;
    private final LineMatcher matcher;
    private final LineJoiner joiner;
    private final HitBuffer hits;

    /** Hits at or after the time of the entry that ends the zone, which was not read so far. */
    private final HitBuffer hitsAtEnd;

    /** True to hold the first hits, and not the newest. */
    private final boolean firstHits;

    /** How many more hits are held, with {@code firstHits}. */
    private int wanted;

    /** Entries of the read so far. */
    private long entries;

    private long lines;
    private long found;

    /** Lines and hits at or after that time. */
    private long linesAtEnd;

    private long foundAtEnd;

    /** Lines of the read before the zone may begin. */
    private int led;

    /** True after the first line of the read. */
    private boolean any;

    /** True once it is clear whether the zone has begun. */
    private boolean settled;

    /** True after the entry at the beginning of the zone. */
    private boolean beginFound;

    /** Position of the first line of the zone, unless the read starts with it. */
    private final EntryPosition first = new EntryPosition();

    /** Latest timestamp of the lines so far, and of those before the zone, as text; zeros before the first. */
    private final byte[] latest = new byte[STAMP];

    private final byte[] latestBefore = new byte[STAMP];

    private boolean tooShort;
    private boolean over;

    /** @param capacity hits to hold */
    ZoneScan(Read read, ZoneBounds bounds, LineMatcher matcher, int capacity, boolean firstHits) {
        this.read = read;
        this.bounds = bounds;
        this.matcher = matcher;
        this.hits = new HitBuffer(capacity);
        this.hitsAtEnd = new HitBuffer(capacity);
        this.firstHits = firstHits;
        this.wanted = capacity;
        this.joiner = new LineJoiner(read.terminal(), this);
    }

    @Override
    public void entry(LogEntry entry) {
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
        if (!any && isTooLate(line)) {
            giveUp();
            return;
        }
        any = true;
        matcher.show(line);
        ZoneBounds.Place place = bounds.place(line.position);
        over = place == ZoneBounds.Place.END;
        if (over) {
            return;
        }
        keepLatest(line);
        if (!read.fromStart() && !first.known()) {
            lead(line, place);
        } else {
            search(line, place);
        }
    }

    /** The log, or the read, has ended. */
    void end() {
        joiner.end();
        if (bounds.endFound()) {
            hits.addAll(hitsAtEnd);
        } else {
            // The entry that was to end the zone is not in the store, so its time does.
            found -= foundAtEnd;
            lines -= linesAtEnd;
        }
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

    /** Lines of the zone so far. */
    long lines() {
        return lines;
    }

    /** Hits in the zone so far. */
    long found() {
        return found;
    }

    /** Position of the first line of the zone; unknown if the read starts with it, or there is none. */
    EntryPosition first() {
        return first;
    }

    /** Timestamp of the latest line so far; null before the first. */
    String latest() {
        return text(latest);
    }

    /** Timestamp of the latest line before the zone, or its first; null when there is none. */
    String latestBefore() {
        return text(latestBefore);
    }

    /** Whether all hits so far are known to belong to the zone. */
    boolean certain() {
        return over || (settled && linesAtEnd == 0);
    }

    /** Takes the hits out, oldest first. */
    List<Hit> take(String container, String id) {
        return hits.take(container, id);
    }

    /** Takes the hits out, newest first. */
    List<Hit> takeNewestFirst(String container, String id) {
        return hits.takeNewestFirst(container, id);
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
        boolean begins = led++ >= read.lead() && line.certain;
        if (begins) {
            first.copyFrom(line.position);
            System.arraycopy(latest, 0, latestBefore, 0, STAMP);
            search(line, place);
        } else if (firstHits && place != ZoneBounds.Place.OUTSIDE) {
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
        boolean atEnd = linesAtEnd > 0 || bounds.isAtEnd(line.position);
        lines++;
        linesAtEnd += atEnd ? 1 : 0;
        if (!matcher.matches(line)) {
            return;
        }
        found++;
        foundAtEnd += atEnd ? 1 : 0;
        if (!firstHits || wanted > 0) {
            wanted -= firstHits ? 1 : 0;
            (atEnd ? hitsAtEnd : hits).add(line, matcher.level(), latest);
        }
    }

    private void restart() {
        wanted += firstHits ? hits.size() + hitsAtEnd.size() : 0;
        hits.clear();
        hitsAtEnd.clear();
        settled = true;
        beginFound = true;
        lines = 0;
        found = 0;
        linesAtEnd = 0;
        foundAtEnd = 0;
    }

    private void keepLatest(Line line) {
        if (Arrays.compare(line.stamp.text, 0, STAMP, latest, 0, STAMP) > 0) {
            System.arraycopy(line.stamp.text, 0, latest, 0, STAMP);
        }
    }

    private static String text(byte[] stamp) {
        return stamp[0] == 0 ? null : new String(stamp, StandardCharsets.US_ASCII);
    }
}
