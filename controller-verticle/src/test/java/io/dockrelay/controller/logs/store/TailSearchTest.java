package io.dockrelay.controller.logs.store;

import java.time.Instant;

import org.junit.jupiter.api.Test;

import io.dockrelay.controller.logs.store.TailSearch.Reach;

import static org.assertj.core.api.Assertions.assertThat;

class TailSearchTest {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

    @Test
    void tailGrowsByTheRateOfTheEntries() {
        int entries = TailSearch.next(NOW.minusSeconds(1_000), reach(10_000, 10), reach(100_000, 100));

        assertThat(entries).isBetween(1_000_000, 1_050_000);
    }

    @Test
    void tailGrowsByAQuarterAtLeast() {
        assertThat(TailSearch.next(NOW.minusSeconds(101), reach(10, 10), reach(10_000, 100)))
                .isEqualTo(12_500);
    }

    @Test
    void tailOfEntriesOfOneMomentGrowsByABoundedFactor() {
        assertThat(TailSearch.next(NOW.minusSeconds(86_400), reach(1_000, 10), reach(10_000, 10)))
                .isEqualTo(640_000);
    }

    @Test
    void tailIsBounded() {
        int largest = 1 << 26;
        assertThat(TailSearch.next(Instant.EPOCH, reach(1_000, 10), reach(largest - 1, 20)))
                .isEqualTo(largest);
    }

    private static Reach reach(int entries, int secondsAgo) {
        return new Reach(entries, NOW.minusSeconds(secondsAgo));
    }
}
