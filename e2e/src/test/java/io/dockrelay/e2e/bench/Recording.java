package io.dockrelay.e2e.bench;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one reader saw from one moment to another: how many lines, which were missing, how old each one was when it came.
 * Written by the reader's thread; {@link #last()} may be asked by any thread and makes the rest visible.
 */
final class Recording {

    private static final long DAY = 86_400_000_000_000L;

    private long[] ages = new long[1024];
    private int count;
    private int previous;
    private long missing;
    private long repeated;
    private final AtomicLong last = new AtomicLong();

    /** @param now when it came, by {@link WallClock} */
    void line(int number, long nanoOfDay, long now) {
        if (previous != 0) {
            if (number <= previous) {
                repeated++;
                return;
            }
            missing += number - previous - 1;
        }
        previous = number;
        if (count == ages.length) {
            ages = Arrays.copyOf(ages, count * 2);
        }
        ages[count++] = Math.floorMod(now - nanoOfDay + DAY / 2, DAY) - DAY / 2;
    }

    /** The reader has recorded all that one read brought. */
    void publish() {
        last.setRelease(previous);
    }

    /** The newest line's number; 0 before the first. */
    long last() {
        return last.getAcquire();
    }

    /** The same for the reader's own thread, at once. */
    int newest() {
        return previous;
    }

    int count() {
        return count;
    }

    /** Numbers that never came, between the first and the last that did. */
    long missing() {
        return missing;
    }

    long repeated() {
        return repeated;
    }

    /** The ages; read them when nothing is recorded any more. */
    Percentiles ages() {
        return Percentiles.ofNanos(Arrays.copyOf(ages, count));
    }
}
