package io.dockrelay.controller.logs.store;

import java.time.Instant;

import io.dockrelay.controller.logs.entries.EntryPosition;
import io.dockrelay.protocol.logs.Cursor;

/** Which entries a read of the store has passed: the first, the last, the latest, and that at its page's anchor. For one read. */
final class ReadTrace {

    private final EntryPosition first = new EntryPosition();

    private final EntryPosition last = new EntryPosition();

    /** The one with the latest time. */
    private final EntryPosition latest = new EntryPosition();

    private final EntryPosition anchor = new EntryPosition();

    /** Of {@link #anchor} in the read; -1 until it was passed. */
    private long anchorIndex = -1;

    private long entries;

    void entry(EntryPosition position) {
        if (entries++ == 0) {
            first.copyFrom(position);
        }
        last.copyFrom(position);
        if (!position.isOlderThan(latest)) {
            latest.copyFrom(position);
        }
    }

    /** The current entry is the page's anchor, or the first one after it when that is a moment. */
    void anchor(EntryPosition position) {
        anchor.copyFrom(position);
        anchorIndex = entries - 1;
    }

    /** Entries so far. */
    long entries() {
        return entries;
    }

    boolean passedAnchor() {
        return anchorIndex >= 0;
    }

    /** Entries before the anchor; -1 until it was passed. */
    long beforeAnchor() {
        return anchorIndex;
    }

    EntryPosition anchor() {
        return anchor;
    }

    EntryPosition last() {
        return last;
    }

    EntryPosition first() {
        return first;
    }

    boolean beginsWith(EntryPosition position) {
        return first.known() && first.is(position);
    }

    /** Time of the first entry; null when there is none. */
    Instant begin() {
        return first.known() ? first.time() : null;
    }

    /** Time of the last entry; null when there is none. */
    Instant end() {
        return last.known() ? last.time() : null;
    }

    /** Whether all entries are older than this. */
    boolean endsBefore(Instant time) {
        return !latest.known() || latest.compareTime(time) < 0;
    }

    /** The latest time of all entries; null when there is none. */
    Instant latest() {
        return latest.known() ? latest.time() : null;
    }

    /** The entry with the latest time; null when there is none. */
    Cursor latest(String containerId) {
        return latest.known() ? latest.cursor(containerId) : null;
    }
}
