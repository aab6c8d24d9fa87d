package io.dockrelay.protocol.stats;

/** The time between two measurements, in milliseconds, and its bounds. */
public final class StatsInterval {

    /** For requests without an interval. */
    public static final int DEFAULT_MS = 2_000;

    public static final int SHORTEST_MS = 1_000;
    public static final int LONGEST_MS = 60_000;

    private StatsInterval() {}

    /** The nearest interval within the bounds. */
    public static int clamp(long intervalMs) {
        return Math.clamp(intervalMs, SHORTEST_MS, LONGEST_MS);
    }

    /**
     * Whether the next measurement of an interval is due. A measurement that is due within a fifth of the interval is
     * due now: the rounds of several subscribers do not start at the same instant, and none should miss a round by a
     * little.
     *
     * @param passedMs since the previous measurement
     */
    public static boolean due(long passedMs, int intervalMs) {
        return passedMs >= intervalMs - intervalMs / 5;
    }
}
