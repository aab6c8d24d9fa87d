package io.dockrelay.controller.logs.tail;

import java.time.Duration;
import java.time.Instant;

import io.dockrelay.controller.logs.entries.LineJoiner;
import io.dockrelay.controller.logs.entries.LogEntry;
import io.dockrelay.protocol.logs.Cursor;

/**
 * Skips the entries of a stream up to and including the one at the cursor, and passes the later ones on. A skipped entry
 * goes through the muted joiner all the same, so that a long line is whole when it started before the cursor and ends after
 * it (lines of the other stream may lie between its chunks). For one stream.
 */
final class ResumeFilter implements LogEntry.Sink {

    /** Entries of stdout and stderr are not always in the order of their times, but an entry this much newer is later. */
    private static final Duration DISORDER = Duration.ofSeconds(1);

    /** How far the search for the cursor has come. */
    enum State {
        SEARCHING,
        /** Entries are passed on. */
        FOUND,
        /** The cursor's entry is not in this part of the store, or not certainly so: read from further back. */
        MISSED
    }

    private final Cursor cursor;
    private final WindowSearch.Window window;

    /**
     * The cursor's entry is not after an entry of a later time. Without this, a stream that started after the cursor's entry
     * was deleted would look for it in new lines until the window is full: for minutes, when they are few.
     */
    private final Instant latest;

    private final LineJoiner joiner;
    private final LogEntry.Sink next;
    private State state;

    /** Whether the cursor was missed because an entry is clearly newer. */
    private boolean passedTime;

    /** Entries skipped so far. */
    private long skipped;

    /**
     * @param cursor null to pass everything on
     * @param window what the stream starts with
     * @param joiner takes the skipped entries; it is muted until the cursor is found
     * @param next takes the entries after the cursor
     */
    ResumeFilter(Cursor cursor, WindowSearch.Window window, LineJoiner joiner, LogEntry.Sink next) {
        this.cursor = cursor;
        this.window = window;
        latest = cursor == null || !window.byTime()
                ? Instant.MAX
                : cursor.timestamp().plus(DISORDER);
        this.joiner = joiner;
        this.next = next;
        state = cursor == null ? State.FOUND : State.SEARCHING;
        joiner.mute(state == State.SEARCHING);
    }

    State state() {
        return state;
    }

    /** Whether an entry that is clearly newer than the cursor's came before it. */
    boolean passedTime() {
        return passedTime;
    }

    @Override
    public void entry(LogEntry entry) {
        if (state == State.FOUND) {
            next.entry(entry);
        } else if (state == State.SEARCHING) {
            skip(entry);
        }
    }

    /** The log has ended by itself: a cursor that was not found is not in this stream. */
    void end() {
        joiner.end();
        if (state == State.SEARCHING) {
            state = State.MISSED;
        }
    }

    private void skip(LogEntry entry) {
        joiner.entry(entry);
        long index = skipped++;
        if (entry.position.is(cursor)) {
            boolean certain = entry.ordinalExact && joiner.beginningsKnown();
            state = certain || index == window.knownIndex() ? State.FOUND : State.MISSED;
            joiner.delivered(entry.position);
            joiner.mute(state == State.MISSED);
        } else if (skipped >= window.entries() || entry.position.compareTime(latest) > 0) {
            state = State.MISSED;
            passedTime = entry.position.compareTime(latest) > 0;
        }
    }
}
