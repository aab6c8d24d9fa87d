package io.dockrelay.controller.logs.store;

import java.time.Instant;

import io.dockrelay.controller.logs.entries.EntryPosition;
import io.dockrelay.controller.logs.entries.LogEntry;
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

    /** Whether the first entry has an equal one after it, as the chunks of a line may have. */
    private boolean firstRepeated;

    /** Whether the last entry is not the end of its line. */
    private boolean lastGoesOn;

    void entry(LogEntry entry) {
        EntryPosition position = entry.position;
        lastGoesOn = entry.goesOn();
        if (entries++ == 0) {
            first.copyFrom(position);
        }
        firstRepeated |= position.ordinal == 1 && position.hash == first.hash && position.sameTime(first);
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

    /** The same, when no other entry can be taken for this one. */
    boolean beginsOnlyWith(EntryPosition position) {
        return !firstRepeated && beginsWith(position);
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

    /** Whether its last entry may have been written after all of the other: the chunks of one line have one time. */
    boolean endsAfter(ReadTrace other) {
        return last.known() && (other.endsBefore(end()) || (lastGoesOn && !last.isOlderThan(other.latest)));
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
