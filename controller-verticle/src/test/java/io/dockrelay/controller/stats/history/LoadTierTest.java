package io.dockrelay.controller.stats.history;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.stats.LoadColumn;

import static org.assertj.core.api.Assertions.assertThat;

class LoadTierTest {

    private static final int STEP = 10_000;

    /** Ten minutes are kept, besides the page that is being filled. */
    private static final int PAGES = 2;

    /** The beginning of a page. */
    private static final long T = 1_764_000_000_000L;

    private final LoadTier tier = new LoadTier(STEP, PAGES);

    @Test
    void slotHasMeanAndMaximumOfItsMeasurements() {
        add(1, T, T + 1_000);
        add(3, T + 1_000, T + 2_000);
        add(2, T + 2_000, T + 11_000);

        LoadColumn cpu = column(T, STEP, 2);
        assertThat(cpu.mean()).containsExactly(2.0, 2.0);
        assertThat(cpu.max()).containsExactly(3.0, 2.0);
    }

    @Test
    void whatWasNotMeasuredIsUnknown() {
        add(1, T + 5_000, T + 5_000);
        add(1, T + 45_000, T + 45_000);

        assertThat(column(T, STEP, 6).mean()).containsExactly(1.0, null, null, null, 1.0, null);
    }

    @Test
    void measurementIsOfTheWholeTimeSinceTheOneBefore() {
        add(1, T + 9_900, T + 9_900);
        add(4, T + 9_900, T + 20_100);

        assertThat(column(T, STEP, 3).mean()).containsExactly(1.0, 4.0, 4.0);
    }

    @Test
    void unknownMeasureIsUnknownBesideKnownOnes() {
        float[] values = new float[LoadMeasure.COUNT];
        Arrays.fill(values, Float.NaN);
        values[LoadMeasure.MEMORY.column()] = 4096;
        tier.add(values, T, T);

        var range = new HistoryRange(T, STEP, 1, true);
        assertThat(tier.column(LoadMeasure.MEMORY, range).mean()).containsExactly(4096L);
        assertThat(tier.column(LoadMeasure.CPU, range).mean()).containsExactly((Number) null);
    }

    @Test
    void longerStepsHaveTheMeanOfWhatIsKnownAndTheMaximum() {
        add(1, T, T);
        add(9, T + 10_000, T + 10_000);
        add(2, T + 50_000, T + 50_000);

        LoadColumn cpu = column(T, 3 * STEP, 2);
        assertThat(cpu.mean()).containsExactly(5.0, 2.0);
        assertThat(cpu.max()).containsExactly(9.0, 2.0);
    }

    @Test
    void oldestPageIsDroppedForTheNewest() {
        int slots = PAGES * SlotRing.PAGE;
        for (long slot = 0; slot <= slots; slot++) {
            add((float) slot, T + slot * STEP, T + slot * STEP);
        }

        List<Number> all = column(T, STEP, slots + 1).mean();
        assertThat(all.subList(0, SlotRing.PAGE)).containsOnlyNulls();
        assertThat(all.get(SlotRing.PAGE)).isEqualTo((double) SlotRing.PAGE);
        assertThat(all.getLast()).isEqualTo((double) slots);
    }

    @Test
    void clockThatStepsBackIsFollowed() {
        add(1, T + 600_000, T + 600_000);
        add(2, T, T);
        add(3, T + 10_000, T + 10_000);

        assertThat(column(T, STEP, 2).mean()).containsExactly(2.0, 3.0);
    }

    private void add(float cpu, long since, long at) {
        float[] values = new float[LoadMeasure.COUNT];
        values[LoadMeasure.CPU.column()] = cpu;
        tier.add(values, since, at);
    }

    private LoadColumn column(long since, int step, int count) {
        return tier.column(LoadMeasure.CPU, new HistoryRange(since, step, count, true));
    }
}
