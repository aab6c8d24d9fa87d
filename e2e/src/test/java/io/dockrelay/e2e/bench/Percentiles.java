package io.dockrelay.e2e.bench;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/** Durations, and how long the quickest share of them took. */
final class Percentiles {

    private final long[] sorted;

    private Percentiles(long[] sorted) {
        this.sorted = sorted;
    }

    static Percentiles ofNanos(long[] nanos) {
        if (nanos.length == 0) {
            throw new IllegalStateException("nothing was measured");
        }
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return new Percentiles(sorted);
    }

    /** The middle one of some numbers, the upper of two. */
    static double median(DoubleStream numbers) {
        double[] sorted = numbers.sorted().toArray();
        return sorted[sorted.length / 2];
    }

    double p50() {
        return millis(0.50);
    }

    double p99() {
        return millis(0.99);
    }

    /** Milliseconds that this share of them does not exceed. */
    private double millis(double share) {
        int index = (int) Math.ceil(share * sorted.length) - 1;
        return sorted[Math.clamp(index, 0, sorted.length - 1)] / 1e6;
    }
}
