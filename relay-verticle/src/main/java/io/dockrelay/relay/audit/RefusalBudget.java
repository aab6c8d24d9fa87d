package io.dockrelay.relay.audit;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.dockrelay.protocol.timers.TokenBucket;

/**
 * How many different refusals are written: of each address, and of all together. Bounded: of many addresses, those that were
 * not used for the longest time are forgotten. Has no clock: the time is a parameter. For one thread.
 */
final class RefusalBudget {

    /** The time span whose refusals are merged. */
    static final Duration SPAN = Duration.ofMinutes(1);

    /** Different refusals after a burst, per span. */
    static final int PER_SPAN = 10;

    private static final int MOST_ADDRESSES = 1000;

    private final int burst;
    private final TokenBucket all;

    private final Map<String, TokenBucket> addresses = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, TokenBucket> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    /**
     * @param burst of one address
     * @param largest burst of all addresses
     */
    RefusalBudget(int burst, int largest) {
        this.burst = burst;
        this.all = bucket(largest);
    }

    /** @param address null when it is not known */
    boolean tryTake(String address, long nowMs) {
        return addresses
                        .computeIfAbsent(String.valueOf(address), first -> bucket(burst))
                        .tryTake(1, nowMs)
                && all.tryTake(1, nowMs);
    }

    private static TokenBucket bucket(int burst) {
        return new TokenBucket(burst, (double) PER_SPAN / SPAN.toMillis(), 0);
    }
}
