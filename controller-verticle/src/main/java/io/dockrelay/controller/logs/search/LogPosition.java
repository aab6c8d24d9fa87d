package io.dockrelay.controller.logs.search;

import java.time.Instant;

import io.dockrelay.controller.logs.entries.EntryPosition;
import io.dockrelay.protocol.logs.Cursor;
import io.dockrelay.protocol.search.SearchPosition;

/**
 * An end of what is searched in one log.
 *
 * @param cursor the entry at that end, which is not searched itself; null where the end is a moment
 * @param time of the entry, or the moment
 * @param withTime whether lines of exactly that moment are searched
 */
record LogPosition(Cursor cursor, Instant time, boolean withTime) {

    static LogPosition at(Cursor cursor) {
        return new LogPosition(cursor, cursor.timestamp(), false);
    }

    /**
     * The end in this log that a position stands for.
     *
     * @param position null for none
     * @return null for none
     * @throws IllegalArgumentException with a sentence for the client, when the position is not one
     */
    static LogPosition of(SearchPosition position, String containerId) {
        if (position == null) {
            return null;
        }
        Cursor entry = position.entry();
        if (entry != null && entry.containerId().equals(containerId)) {
            return at(entry);
        }
        // At the same time, the hits of logs follow one another in the order of their ids.
        boolean follows = entry != null && containerId.compareTo(entry.containerId()) > 0;
        return new LogPosition(null, position.instant(), follows);
    }

    boolean isAt(EntryPosition line) {
        return cursor != null && line.is(cursor);
    }

    /** Whether a line of this time is after the moment. */
    boolean precedes(EntryPosition line) {
        int order = line.compareTime(time);
        return withTime ? order >= 0 : order > 0;
    }

    /** Whether a line of this time is before the moment. */
    boolean follows(EntryPosition line) {
        int order = line.compareTime(time);
        return withTime ? order <= 0 : order < 0;
    }
}
