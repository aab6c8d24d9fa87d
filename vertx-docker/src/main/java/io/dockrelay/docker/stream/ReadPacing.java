package io.dockrelay.docker.stream;

/**
 * Decides when a reader of small pieces should pause for a moment, so that the next read finds many of them: the engine
 * sends each log line separately, and during a flood a wake-up per line costs more than the line itself. Rare pieces
 * are never delayed. A token bucket per read; knows no clock. For one thread.
 */
final class ReadPacing {

    /** Length of a pause, in milliseconds; shorter than the kernel takes to fill its buffer with lines. */
    static final long PAUSE_MS = 1;

    /** Tokens added per millisecond: the rate of reads above which the reader pauses. */
    private static final double READS_PER_MS = 2;

    /** Capacity of the bucket: consecutive reads without a pause. */
    private static final double BURST = 50;

    private static final double DEEPEST_DEBT = -PAUSE_MS * READS_PER_MS;
    private static final double NANOS_PER_MS = 1e6;

    private double tokens = BURST;

    /** Time of the last read; unused before the first. */
    private long filledAt;

    private boolean begun;

    /**
     * Counts a read.
     *
     * @param now nanoseconds of a monotonic clock
     * @return whether to pause before the next read
     */
    boolean read(long now) {
        if (begun) {
            tokens = Math.min(BURST, tokens + (now - filledAt) / NANOS_PER_MS * READS_PER_MS);
        }
        begun = true;
        filledAt = now;
        tokens = Math.max(DEEPEST_DEBT, tokens - 1);
        return tokens < 1;
    }
}
