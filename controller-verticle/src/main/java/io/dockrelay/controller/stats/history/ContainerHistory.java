package io.dockrelay.controller.stats.history;

import java.nio.ByteBuffer;

import io.dockrelay.protocol.stats.ContainerStats;
import io.dockrelay.protocol.stats.LoadColumn;

/**
 * The past load of one container, and of those in whose place it is: the last hour in steps of the measurements, and a day in
 * minutes. Its size is bounded. For one thread; a measurement allocates nothing that stays.
 */
final class ContainerHistory {

    private static final long NO_LIMIT = -1;

    /** More steps than this between two measurements are a gap. */
    private static final int LONGEST_GAP = 3;

    private final long longestGap;
    private final LoadTier fine;
    private final LoadTier coarse;
    private final float[] values = new float[LoadMeasure.COUNT];

    private KeptContainer container;

    /** Null before the first measurement of this process. */
    private ContainerStats last;

    /** When the last measurement was, in milliseconds since the epoch. */
    private long lastAt;

    /** Null when there is none. */
    private Long memoryLimit;

    /** @param stepMs between two measurements */
    ContainerHistory(KeptContainer container, int stepMs) {
        this.container = container;
        this.longestGap = (long) LONGEST_GAP * stepMs;
        this.fine = new LoadTier(stepMs, HistoryRange.FINE_PAGES);
        this.coarse = new LoadTier(HistoryRange.COARSE_MS, HistoryRange.COARSE_PAGES);
    }

    KeptContainer container() {
        return container;
    }

    /** The container has another name, or another one is in its place. */
    void becomes(KeptContainer now) {
        container = now;
    }

    long lastAt() {
        return lastAt;
    }

    Long memoryLimit() {
        return memoryLimit;
    }

    void add(ContainerStats item, long at) {
        boolean continues = continues(item, at);
        double seconds = (at - lastAt) / 1000.0;
        values[LoadMeasure.CPU.column()] = number(item.cpuCores());
        values[LoadMeasure.MEMORY.column()] = number(item.memoryBytes());
        values[LoadMeasure.RECEIVED.column()] = continues ? rate(last.rxBytes(), item.rxBytes(), seconds) : Float.NaN;
        values[LoadMeasure.SENT.column()] = continues ? rate(last.txBytes(), item.txBytes(), seconds) : Float.NaN;
        values[LoadMeasure.READ.column()] = continues ? rate(last.readBytes(), item.readBytes(), seconds) : Float.NaN;
        values[LoadMeasure.WRITTEN.column()] =
                continues ? rate(last.writeBytes(), item.writeBytes(), seconds) : Float.NaN;
        long since = continues ? lastAt : at;
        fine.add(values, since, at);
        coarse.add(values, since, at);
        last = item;
        lastAt = at;
        memoryLimit = item.memoryLimit();
    }

    LoadColumn column(LoadMeasure measure, HistoryRange range) {
        return (range.fine() ? fine : coarse).column(measure, range);
    }

    /** How much {@link #write} writes. */
    int bytes() {
        return 2 * Long.BYTES + fine.bytes() + coarse.bytes();
    }

    /** All but the names. */
    void write(ByteBuffer out) {
        out.putLong(lastAt);
        out.putLong(memoryLimit == null ? NO_LIMIT : memoryLimit);
        fine.write(out);
        coarse.write(out);
    }

    /**
     * Takes what {@link #write} wrote.
     *
     * @param writtenStepMs the step of the process that wrote it: if it is another one, only the minutes are of use
     */
    void read(ByteBuffer in, int writtenStepMs) {
        lastAt = in.getLong();
        long limit = in.getLong();
        memoryLimit = limit == NO_LIMIT ? null : limit;
        boolean sameStep = (long) LONGEST_GAP * writtenStepMs == longestGap;
        (sameStep ? fine : new LoadTier(writtenStepMs, HistoryRange.FINE_PAGES)).read(in);
        coarse.read(in);
    }

    private boolean continues(ContainerStats item, long at) {
        return last != null
                && last.id().equals(item.id())
                && at > lastAt
                && at - lastAt <= longestGap
                && !isNewRun(last, item);
    }

    /** The first measurement of a run has no CPU value, and counters start again. */
    private static boolean isNewRun(ContainerStats before, ContainerStats now) {
        return (before.cpuCores() != null && now.cpuCores() == null)
                || isLess(now.rxBytes(), before.rxBytes())
                || isLess(now.txBytes(), before.txBytes())
                || isLess(now.readBytes(), before.readBytes())
                || isLess(now.writeBytes(), before.writeBytes());
    }

    private static boolean isLess(Long now, Long before) {
        return now != null && before != null && now < before;
    }

    private static float rate(Long before, Long now, double seconds) {
        return before == null || now == null ? Float.NaN : (float) ((now - before) / seconds);
    }

    private static float number(Number value) {
        return value == null ? Float.NaN : value.floatValue();
    }
}
