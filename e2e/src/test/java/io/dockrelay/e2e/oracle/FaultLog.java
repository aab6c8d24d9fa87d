package io.dockrelay.e2e.oracle;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The faults of a run with their times. Written by the faults' threads, read by any thread. */
final class FaultLog {

    private static final long NEAR_NANOS = 12_000_000_000L;

    private final long start = System.nanoTime();
    private final List<Entry> entries = new ArrayList<>();

    /**
     * One fault.
     *
     * @param began and {@code ended}: nano times
     */
    record Entry(FaultKind kind, String target, long began, long ended) {}

    synchronized void note(FaultKind kind, String target, long began) {
        entries.add(new Entry(kind, target, began, System.nanoTime()));
    }

    synchronized Map<FaultKind, Integer> counts() {
        Map<FaultKind, Integer> counts = new EnumMap<>(FaultKind.class);
        entries.forEach(entry -> counts.merge(entry.kind, 1, Integer::sum));
        return counts;
    }

    synchronized int sum() {
        return entries.size();
    }

    /** The faults near a time, one line per fault. */
    synchronized List<String> near(long at) {
        return entries.stream()
                .filter(entry -> entry.began <= at + NEAR_NANOS / 4 && entry.ended >= at - NEAR_NANOS)
                .sorted(Comparator.comparingLong(Entry::began))
                .map(this::line)
                .toList();
    }

    synchronized List<String> lines() {
        return entries.stream()
                .sorted(Comparator.comparingLong(Entry::began))
                .map(this::line)
                .toList();
    }

    /** The end of the last fault before a time; {@code otherwise} when no fault ended later than that. */
    synchronized long lastEndBefore(long moment, long otherwise) {
        long last = otherwise;
        for (Entry entry : entries) {
            if (entry.began <= moment && entry.ended > last) {
                last = Math.min(moment, entry.ended);
            }
        }
        return last;
    }

    /** Seconds since the beginning of the run. */
    String clock(long nanos) {
        return "%.3f s".formatted((nanos - start) / 1e9);
    }

    private String line(Entry entry) {
        return clock(entry.began) + " to " + clock(entry.ended) + "  " + entry.kind + " " + entry.target;
    }
}
