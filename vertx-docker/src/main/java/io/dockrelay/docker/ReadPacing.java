package io.dockrelay.docker;

/**
 * Decides when a reader of small pieces had better rest a moment, so that the next read finds many of them: the engine
 * sends every log line by itself, and waking up for each of a flood costs more than the line. Rare pieces are never
 * held up. Knows no clock. For one thread.
 */
final class ReadPacing {

    /** How long a rest is; shorter than the kernel takes to fill its buffer with lines. */
    static final long REST_MS = 1;

    /** More reads than this in a millisecond, for a while, and the reader rests. */
    private static final double READS_A_MILLISECOND = 2;

    /** So many reads one after the other need no rest. */
    private static final double BURST = 50;

    private static final double DEEPEST_DEBT = -REST_MS * READS_A_MILLISECOND;
    private static final double NANOS_A_MILLISECOND = 1e6;

    private double room = BURST;
    private long countedAt;
    private boolean begun;

    /**
     * A piece has been read.
     *
     * @param now nanoseconds that only ever grow
     * @return whether to rest before the next one
     */
    boolean read(long now) {
        if (begun) {
            room = Math.min(BURST, room + (now - countedAt) / NANOS_A_MILLISECOND * READS_A_MILLISECOND);
        }
        begun = true;
        countedAt = now;
        room = Math.max(DEEPEST_DEBT, room - 1);
        return room < 1;
    }
}
