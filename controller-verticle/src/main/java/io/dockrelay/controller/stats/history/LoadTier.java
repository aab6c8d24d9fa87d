package io.dockrelay.controller.stats.history;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.dockrelay.protocol.stats.LoadColumn;

/**
 * One container's load at one resolution: mean and maximum of each measure per slot. A slot without a measurement is
 * unknown, neither zero nor a straight line. For one thread; allocates nothing per measurement.
 */
final class LoadTier {

    private static final int COLUMNS = 2 * LoadMeasure.COUNT;

    private final long slotMs;
    private final SlotRing ring;

    /** Of the measurements in the current slot. */
    private final double[] sums = new double[LoadMeasure.COUNT];

    private final int[] counts = new int[LoadMeasure.COUNT];

    /** The slot of the last measurement. */
    private long current = -1;

    LoadTier(long slotMs, int pages) {
        this.slotMs = slotMs;
        this.ring = new SlotRing(pages, COLUMNS);
    }

    /**
     * Takes a measurement.
     *
     * @param values one per measure; NaN when it is unknown
     * @param since the time of the measurement before, if nothing was missed since; otherwise {@code at}. The values are of
     *     the time between the two, so they are those of the slots in between as well
     * @param at in milliseconds since the epoch
     */
    void add(float[] values, long since, long at) {
        long slot = at / slotMs;
        if (slot != current) {
            current = slot;
            Arrays.fill(sums, 0);
            Arrays.fill(counts, 0);
        }
        for (int measure = 0; measure < values.length; measure++) {
            if (!Float.isNaN(values[measure])) {
                fill(measure, values[measure], since / slotMs + 1);
                add(measure, values[measure]);
            }
        }
    }

    /** The numbers of a range of this tier. */
    LoadColumn column(LoadMeasure measure, HistoryRange range) {
        List<Number> mean = new ArrayList<>(range.count());
        List<Number> max = new ArrayList<>(range.count());
        int slots = (int) (range.stepMs() / slotMs);
        for (int step = 0; step < range.count(); step++) {
            long first = (range.since() + (long) step * range.stepMs()) / slotMs;
            mean.add(measure.rounded(mean(measure.column(), first, slots)));
            max.add(measure.rounded(max(measure.column(), first, slots)));
        }
        return new LoadColumn(mean, max);
    }

    int bytes() {
        return ring.bytes();
    }

    void write(ByteBuffer out) {
        ring.write(out);
    }

    void read(ByteBuffer in) {
        ring.read(in);
    }

    private void add(int measure, float value) {
        sums[measure] += value;
        counts[measure]++;
        ring.set(current, measure, (float) (sums[measure] / counts[measure]));
        float largest = ring.get(current, maxOf(measure));
        ring.set(current, maxOf(measure), Float.isNaN(largest) ? value : Math.max(largest, value));
    }

    /** The slots up to the current one that a measurement spans, if no other measurement is in them. */
    private void fill(int measure, float value, long from) {
        for (long slot = from; slot < current; slot++) {
            if (Float.isNaN(ring.get(slot, measure))) {
                ring.set(slot, measure, value);
                ring.set(slot, maxOf(measure), value);
            }
        }
    }

    private double mean(int measure, long first, int slots) {
        double sum = 0;
        int known = 0;
        for (long slot = first; slot < first + slots; slot++) {
            float value = ring.get(slot, measure);
            if (!Float.isNaN(value)) {
                sum += value;
                known++;
            }
        }
        return known == 0 ? Double.NaN : sum / known;
    }

    private double max(int measure, long first, int slots) {
        double largest = Double.NaN;
        for (long slot = first; slot < first + slots; slot++) {
            float value = ring.get(slot, maxOf(measure));
            largest = Float.isNaN(value) || value <= largest ? largest : value;
        }
        return largest;
    }

    private static int maxOf(int measure) {
        return LoadMeasure.COUNT + measure;
    }
}
