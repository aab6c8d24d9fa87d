package io.dockrelay.listener.limits;

import java.time.Duration;

import io.dockrelay.protocol.timers.TokenBucket;

/** A rate of messages, on average over {@link #AVERAGE}: a burst may use all of it at once. Pure; for one thread. */
final class MessageRate {

    static final Duration AVERAGE = Duration.ofSeconds(10);

    private static final double NANOS = 1e9;

    private final double capacity;
    private final TokenBucket bucket;

    /** @param perSecond messages */
    MessageRate(int perSecond) {
        this.capacity = (double) perSecond * AVERAGE.toSeconds();
        this.bucket = new TokenBucket(capacity, perSecond / NANOS, 0);
    }

    /** Counts one message; returns whether it is within the rate. */
    boolean count(long nanos) {
        return bucket.tryTake(1, nanos);
    }

    /** Whether nothing of the rate is in use. */
    boolean isUnused(long nanos) {
        return bucket.available(nanos) >= capacity;
    }
}
