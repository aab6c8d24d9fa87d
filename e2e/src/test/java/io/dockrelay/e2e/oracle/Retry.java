package io.dockrelay.e2e.oracle;

import java.util.Random;

/** The protocol's backoff: min(30 s, 2ⁿ s) × a random factor from 0.5 to 1, reset after a connection of 10 s. */
final class Retry {

    private static final long STABLE_NANOS = 10_000_000_000L;

    private final Random random;
    private int attempts;
    /** Nano time; zero while there is no connection. */
    private long connectedAt;

    Retry(Random random) {
        this.random = random;
    }

    void connected() {
        connectedAt = System.nanoTime();
    }

    long nextMillis() {
        if (connectedAt != 0 && System.nanoTime() - connectedAt > STABLE_NANOS) {
            attempts = 0;
        }
        connectedAt = 0;
        long most = Math.min(30_000, 1_000L << Math.min(attempts, 5));
        attempts++;
        return (long) (most * (0.5 + random.nextDouble() / 2));
    }
}
