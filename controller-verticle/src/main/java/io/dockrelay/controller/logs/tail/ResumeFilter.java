package io.dockrelay.controller.logs.tail;

import io.dockrelay.controller.logs.entries.Line;
import io.dockrelay.controller.logs.entries.LineJoiner;
import io.dockrelay.controller.logs.entries.LogEntry;
import io.dockrelay.protocol.logs.Cursor;

/**
 * Passes over a stream up to and with the entry where somebody stopped, and hands on the lines behind it. What is passed
 * over goes through the joiner all the same, so that a long line which had begun before the cursor (the other stream's
 * lines may lie between its chunks) is whole when it ends behind it.
 */
public final class ResumeFilter implements LogEntry.Sink, Line.Sink {

    /** How far the search has come. */
    public enum State {
        SEARCHING,
        /** Lines are handed on. */
        FOUND,
        /** Not in this part of the store, or not certainly so: read from further back. */
        MISSED
    }

    private final Cursor cursor;
    private final long window;
    private final long knownIndex;
    private final Line.Sink sink;
    private final LineJoiner joiner;
    private State state;
    private long read;

    /**
     * @param cursor null to hand on everything
     * @param window how many entries of the store the stream begins with at most
     * @param knownIndex where in the whole store the entry is known to be; -1 when it is not known
     */
    public ResumeFilter(Cursor cursor, long window, long knownIndex, boolean terminal, Line.Sink sink) {
        this.cursor = cursor;
        this.window = window;
        this.knownIndex = knownIndex;
        this.sink = sink;
        joiner = new LineJoiner(terminal, this);
        state = cursor == null ? State.FOUND : State.SEARCHING;
    }

    public State state() {
        return state;
    }

    /** Whether the entry at the cursor has passed, so that lines are handed on. */
    public boolean isFound() {
        return state == State.FOUND;
    }

    @Override
    public void entry(LogEntry entry) {
        joiner.entry(entry);
        if (state == State.SEARCHING) {
            look(entry);
        }
    }

    @Override
    public void line(Line line) {
        if (state == State.FOUND) {
            sink.line(line);
        }
    }

    /** The log has ended by itself. */
    void end() {
        joiner.end();
        if (state == State.SEARCHING) {
            state = State.MISSED;
        }
    }

    private void look(LogEntry entry) {
        long index = read++;
        if (entry.position.is(cursor)) {
            boolean certain = entry.ordinalExact && joiner.beginningsKnown();
            state = certain || index == knownIndex ? State.FOUND : State.MISSED;
            joiner.delivered(entry.position);
        } else if (read >= window) {
            state = State.MISSED;
        }
    }
}
