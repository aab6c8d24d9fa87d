package io.dockrelay.e2e.bench;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One reader's measurements over a period: the number of lines, the missing ones, and the age of each at arrival.
 * Written by the reader's thread; any thread may call {@link #last()}, which makes the rest visible.
 */
final class Recording {

    private static final long DAY = 86_400_000_000_000L;

    private long[] ages = new long[1024];
    private int count;
    private int previous;
    private long missing;
    private long repeated;
    private final AtomicLong last = new AtomicLong();

    /** @param now arrival time by {@link WallClock} */
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

    /** Called after the lines of one read have been recorded. */
    void publish() {
        last.setRelease(previous);
    }

    /** The newest line's number; 0 before the first. */
    long last() {
        return last.getAcquire();
    }

    /** The same for the reader's own thread, including the current read. */
    int newest() {
        return previous;
    }

    int count() {
        return count;
    }

    /** Missing numbers between the first and the last received one. */
    long missing() {
        return missing;
    }

    long repeated() {
        return repeated;
    }

    /** The ages; read them after the recording has ended. */
    Percentiles ages() {
        return Percentiles.ofNanos(Arrays.copyOf(ages, count));
    }
}
