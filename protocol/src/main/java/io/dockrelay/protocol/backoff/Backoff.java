package io.dockrelay.protocol.backoff;

import java.time.Duration;

/**
 * The delay before each attempt to reconnect: min(30 s, 2ⁿ s) × a random factor from 0.5 to 1, n from 0. Resets to n =
 * 0 only after a connection has stayed up for 10 s. Has no clock and no random source; both are parameters. For one
 * thread.
 */
public final class Backoff {

    /** A connection that stayed up at least this long resets the delays. */
    public static final Duration STABLE_AFTER = Duration.ofSeconds(10);

    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** Attempts since the last stable connection. */
    private int attempts;

    /**
     * The delay before the next attempt.
     *
     * @param draw uniform, from 0 (inclusive) to 1 (exclusive)
     */
    public Duration next(double draw) {
        return delay(attempts++, draw);
    }

    /** Attempts since the last stable connection: 0 before the first delay. */
    public int attempts() {
        return attempts;
    }

    /** A connection has ended. Resets the delays if it was stable. */
    public void connectionLasted(Duration up) {
        if (up.compareTo(STABLE_AFTER) >= 0) {
            attempts = 0;
        }
    }

    /**
     * The {@code n}-th delay of the sequence, n from 0.
     *
     * @param draw uniform, from 0 (inclusive) to 1 (exclusive)
     */
    public static Duration delay(int n, double draw) {
        long upper = n >= Long.SIZE - 2 - 10 ? LONGEST.toMillis() : Math.min(LONGEST.toMillis(), 1000L << n);
        return Duration.ofMillis(Math.round(upper * (0.5 + draw / 2)));
    }
}
