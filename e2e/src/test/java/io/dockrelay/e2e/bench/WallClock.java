package io.dockrelay.e2e.bench;

import java.time.Instant;

/** The clock of the engine's timestamps, in nanoseconds of the UTC day. */
final class WallClock {

    private static final long DAY_SECONDS = 86_400;

    private WallClock() {}

    static long nanoOfDay() {
        Instant now = Instant.now();
        return Math.floorMod(now.getEpochSecond(), DAY_SECONDS) * 1_000_000_000L + now.getNano();
    }
}
