package io.dockrelay.relay.uplink;

import io.dockrelay.protocol.timers.TokenBucket;

/**
 * How much a controller may send besides the lines of open tails. The work for it is done on threads that other controllers
 * share, so one that sends more is read more slowly. A message costs its bytes and a fixed part. Pure; for one
 * thread.
 */
final class StateBudget {

    private static final int PER_MESSAGE = 4 * 1024;
    private static final int PER_SECOND = 1024 * 1024;
    private static final int BURST = 8 * 1024 * 1024;
    private static final double NANOS = 1e9;

    private final TokenBucket bytes = new TokenBucket(BURST, PER_SECOND / NANOS, BURST);

    /**
     * A message was read.
     *
     * @param size in bytes
     * @param now in nanoseconds, which only grow
     * @return milliseconds until the next one may be read; 0 for now, 8,000 at most
     */
    long read(int size, long now) {
        bytes.take((double) size + PER_MESSAGE, now);
        return (long) Math.ceil(bytes.unitsUntil(0, now) / 1e6);
    }
}
