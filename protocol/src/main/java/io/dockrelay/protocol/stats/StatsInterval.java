package io.dockrelay.protocol.stats;

/** The time between two measurements, in milliseconds, and its bounds. */
public final class StatsInterval {

    /** For who does not say. */
    public static final int USUAL_MS = 2_000;

    public static final int SHORTEST_MS = 1_000;
    public static final int LONGEST_MS = 60_000;

    private StatsInterval() {}

    /** The nearest that is within the bounds. */
    public static int clamp(long intervalMs) {
        return Math.clamp(intervalMs, SHORTEST_MS, LONGEST_MS);
    }

    /**
     * Whether the next measurement of an interval is due. One that would be due a little later is due now: rounds for
     * several readers do not fall on the same instant, and nobody should wait for the round after.
     *
     * @param passedMs since the one before
     */
    public static boolean due(long passedMs, int intervalMs) {
        return passedMs >= intervalMs - intervalMs / 5;
    }
}
