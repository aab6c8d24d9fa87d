package io.dockrelay.controller.logs.levels;

import io.dockrelay.controller.logs.levels.StackTraces.Trace;
import io.dockrelay.protocol.search.LineLevel;

/**
 * The level of each line of a log, in the order of the store: a line of a stack trace has the level of the line that the
 * trace belongs to. For one log and one thread.
 */
public final class LevelTracker {

    private final LineText text = new LineText();
    private final LevelOfLine alone = new LevelOfLine(text);
    private final StackTraces traces = new StackTraces(text);

    /** Of the last line; null for none. */
    private LineLevel level;

    /** What may follow the last line. */
    private Trace trace = Trace.NONE;

    private boolean continued;

    /**
     * The level of the next line.
     *
     * @param bytes the text {@code [from, to)} of the line in UTF-8, without escape sequences
     */
    public LineLevel next(byte[] bytes, int from, int to) {
        text.set(bytes, from, to);
        Trace after = traces.after(trace, level);
        continued = after != Trace.NONE && level != null;
        if (continued) {
            trace = after;
            return level;
        }
        level = alone.find();
        trace = after == Trace.NONE ? traces.of() : after;
        return level == null ? LineLevel.OTHER : level;
    }

    /** Whether the last line belongs to the stack trace of an earlier line, and has its level. */
    public boolean continuesTrace() {
        return continued;
    }
}
