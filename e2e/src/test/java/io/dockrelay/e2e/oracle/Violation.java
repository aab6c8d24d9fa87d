package io.dockrelay.e2e.oracle;

/**
 * What the judge objects to, at one place of one browser's log.
 *
 * @param count lines that it is about
 * @param at nano time of the sighting where it showed
 * @param first the first of those lines
 * @param before what the browser had got before; null at its beginning
 * @param after what it got next; null at the end
 * @param detail more, for a person
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

    private static final long ONE_TROUBLE_NANOS = 2_000_000_000L;

    enum Kind {
        LOST,
        REPEATED,
        /** It came, but behind a later one. */
        DISORDERED,
        /** The engine never stored such a line. */
        FOREIGN,
        /** It is in a gap, the engine has it, and the pages of the gap do not give it. */
        NOT_FILLED,
        /** The pages of a gap give what the browser has got already. */
        FILLED_TWICE
    }

    /** Whether the other one is more of the same: line after line, with nothing right between them. */
    boolean isContinuedBy(Violation other) {
        boolean byTheLine = kind == Kind.REPEATED || kind == Kind.DISORDERED || kind == Kind.FOREIGN;
        return byTheLine && kind == other.kind && other.at - at < ONE_TROUBLE_NANOS;
    }

    Violation and(Violation other) {
        return new Violation(kind, browser, service, count + other.count, at, first, before, other.after, detail);
    }

    @Override
    public String toString() {
        return kind + ": " + count + (count == 1 ? " line of " : " lines of ") + service + " at " + browser
                + "\n      first   " + first + "\n      behind  " + before + "\n      then    " + after
                + (detail == null ? "" : "\n      " + detail);
    }
}
