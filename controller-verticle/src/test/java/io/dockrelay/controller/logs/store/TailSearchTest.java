package io.dockrelay.controller.logs.store;

import java.time.Instant;

import org.junit.jupiter.api.Test;

import io.dockrelay.controller.logs.store.TailSearch.Probe;

import static org.assertj.core.api.Assertions.assertThat;

class TailSearchTest {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

    @Test
    void tailGrowsByTheRateOfTheEntries() {
        int entries = TailSearch.next(NOW.minusSeconds(1_000), probe(10_000, 10), probe(100_000, 100));

        assertThat(entries).isBetween(1_000_000, 1_050_000);
    }

    @Test
    void tailGrowsByAQuarterAtLeast() {
        assertThat(TailSearch.next(NOW.minusSeconds(101), probe(10, 10), probe(10_000, 100)))
                .isEqualTo(12_500);
    }

    @Test
    void tailOfEntriesOfOneMomentGrowsByABoundedFactor() {
        assertThat(TailSearch.next(NOW.minusSeconds(86_400), probe(1_000, 10), probe(10_000, 10)))
                .isEqualTo(640_000);
    }

    @Test
    void tailIsBounded() {
        int largest = 1 << 26;
        assertThat(TailSearch.next(Instant.EPOCH, probe(1_000, 10), probe(largest - 1, 20)))
                .isEqualTo(largest);
    }

    @Test
    void tailBetweenTwoHasALittleMoreThanTheirRateSays() {
        int entries = TailSearch.between(NOW.minusSeconds(40), probe(10_000, 10), probe(110_000, 110));

        assertThat(entries).isBetween(40_000, 44_000);
    }

    @Test
    void tailBetweenTwoLeavesAPartOnBothSides() {
        assertThat(TailSearch.between(NOW.minusSeconds(11), probe(10_000, 10), probe(110_000, 110)))
                .isBetween(15_000, 16_000);
        assertThat(TailSearch.between(NOW.minusSeconds(110), probe(10_000, 10), probe(110_000, 110)))
                .isEqualTo(105_000);
    }

    /** Entries of one moment have no rate. */
    @Test
    void tailBetweenTwoOfOneMomentIsLargerThanTheSmallerOne() {
        assertThat(TailSearch.between(NOW.minusSeconds(10), probe(10, 10), probe(12, 10)))
                .isEqualTo(11);
    }

    private static Probe probe(int entries, int secondsAgo) {
        return new Probe(entries, NOW.minusSeconds(secondsAgo));
    }
}
