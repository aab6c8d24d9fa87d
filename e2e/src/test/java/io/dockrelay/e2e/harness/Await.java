package io.dockrelay.e2e.harness;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

/** Waits for a condition, polling often; fails the test with a sentence when it does not hold in time. */
public final class Await {

    public static final Duration DEFAULT = Duration.ofSeconds(20);

    private static final long POLL_NANOS = 2_000_000;

    private Await() {}

    /** Returns the first value that is not null. */
    @CanIgnoreReturnValue
    public static <T> T await(String what, Duration atMost, Supplier<T> attempt) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (true) {
            T found = attempt.get();
            if (found != null) {
                return found;
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Not within " + atMost.toMillis() + " ms: " + what);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** Returns when the condition holds. */
    public static void until(String what, Duration atMost, Supplier<Boolean> condition) {
        await(what, atMost, () -> condition.get() ? Boolean.TRUE : null);
    }
}
