package io.dockrelay.e2e.oracle;

/**
 * A violation at one position of one browser's log.
 *
 * @param count number of lines
 * @param at nano time of the event that revealed it
 * @param first the first of those lines
 * @param before the line that the browser received before; null at the beginning
 * @param after the line that it received next; null at the end
 * @param detail an explanation; null without one
 */
record Violation(
        Kind kind,
        String browser,
        String service,
        int count,
        long at,
        Line first,
        Line before,
        Line after,
        String detail) {

    private static final long SAME_CAUSE_NANOS = 2_000_000_000L;

    enum Kind {
        LOST,
        REPEATED,
        /** The line arrived after a later one. */
        DISORDERED,
        /** The engine never stored such a line. */
        FOREIGN,
        /** The line is in a gap and stored by the engine, but not in the pages of the gap. */
        NOT_FILLED,
        /** The pages of a gap contain a line that the browser has already received. */
        FILLED_TWICE
    }

    /** Whether the other violation continues this one: the same kind, line after line, within two seconds. */
    boolean isContinuedBy(Violation other) {
        boolean byTheLine = kind == Kind.REPEATED || kind == Kind.DISORDERED || kind == Kind.FOREIGN;
        return byTheLine && kind == other.kind && other.at - at < SAME_CAUSE_NANOS;
    }

    Violation and(Violation other) {
        return new Violation(kind, browser, service, count + other.count, at, first, before, other.after, detail);
    }

    @Override
    public String toString() {
        return kind + ": " + count + (count == 1 ? " line of " : " lines of ") + service + " at " + browser
                + "\n      first   " + first + "\n      before  " + before + "\n      after   " + after
                + (detail == null ? "" : "\n      " + detail);
    }
}
