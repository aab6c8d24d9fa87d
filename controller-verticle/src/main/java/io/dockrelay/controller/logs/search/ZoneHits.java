package io.dockrelay.controller.logs.search;

import java.util.List;

import io.dockrelay.controller.logs.entries.Line;
import io.dockrelay.protocol.search.LineLevel;
import io.dockrelay.protocol.search.SearchItem.Hit;

/**
 * The lines of a zone so far, and its hits: counts all, and holds the newest ones, or the first ones. Those at or after the
 * time of the entry that ends the zone are kept apart: they belong to it if that entry follows. Owned by its {@link ZoneScan};
 * for one thread at a time.
 */
final class ZoneHits {

    private final HitBuffer hits;

    /** Hits at or after that time. */
    private final HitBuffer hitsAtEnd;

    /** True to hold the first hits, and not the newest. */
    private final boolean firstHits;

    /** How many more hits are held, with {@code firstHits}. */
    private int wanted;

    private long lines;
    private long found;

    /** Lines and hits at or after that time. */
    private long linesAtEnd;

    private long foundAtEnd;

    /** @param capacity hits to hold */
    ZoneHits(int capacity, boolean firstHits) {
        this.hits = new HitBuffer(capacity);
        this.hitsAtEnd = new HitBuffer(capacity);
        this.firstHits = firstHits;
        this.wanted = capacity;
    }

    /** @param atEnd whether the line has that time, or a later one; all lines after it count as such */
    void line(boolean atEnd) {
        lines++;
        linesAtEnd += atEnd || isAtEnd() ? 1 : 0;
    }

    /**
     * The current line is a hit.
     *
     * @param order the latest timestamp of the log so far, as text
     */
    void hit(Line line, LineLevel level, byte[] order) {
        found++;
        foundAtEnd += isAtEnd() ? 1 : 0;
        if (!firstHits || wanted > 0) {
            wanted -= firstHits ? 1 : 0;
            (isAtEnd() ? hitsAtEnd : hits).add(line, level, order);
        }
    }

    /** The zone begins after the current line. */
    void restart() {
        wanted += firstHits ? hits.size() + hitsAtEnd.size() : 0;
        hits.clear();
        hitsAtEnd.clear();
        lines = 0;
        found = 0;
        linesAtEnd = 0;
        foundAtEnd = 0;
    }

    /** The zone has ended, with its last entry if that is in the store, and otherwise at the time of that. */
    void end(boolean withEntry) {
        if (withEntry) {
            hits.addAll(hitsAtEnd);
        } else {
            found -= foundAtEnd;
            lines -= linesAtEnd;
        }
    }

    /** Whether the current line has that time, or a later one, so that it may not belong to the zone. */
    boolean isAtEnd() {
        return linesAtEnd > 0;
    }

    /** Lines of the zone so far. */
    long lines() {
        return lines;
    }

    /** Hits in the zone so far. */
    long found() {
        return found;
    }

    /** Takes the hits out, oldest first. */
    List<Hit> take(String container, String id) {
        return hits.take(container, id);
    }

    /** Takes the hits out, newest first. */
    List<Hit> takeNewestFirst(String container, String id) {
        return hits.takeNewestFirst(container, id);
    }
}
