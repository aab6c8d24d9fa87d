package io.dockrelay.e2e.harness;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

/** Waits for what must become true, looking often; the test fails with a sentence when it does not. */
public final class Await {

    public static final Duration USUAL = Duration.ofSeconds(20);

    private static final long BETWEEN_LOOKS_NANOS = 2_000_000;

    private Await() {}

    /** Returns the first value that is not null. */
    @CanIgnoreReturnValue
    public static <T> T await(String what, Duration atMost, Supplier<T> look) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (true) {
            T found = look.get();
            if (found != null) {
                return found;
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + atMost.toMillis() + " ms: " + what);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
        }
    }

    /** Returns when the condition holds. */
    public static void until(String what, Duration atMost, Supplier<Boolean> condition) {
        await(what, atMost, () -> condition.get() ? Boolean.TRUE : null);
    }
}
