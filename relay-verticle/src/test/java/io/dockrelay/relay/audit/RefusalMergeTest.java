package io.dockrelay.relay.audit;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.dockrelay.record.RecordEntry;
import io.dockrelay.record.RecordOutcome;

import static org.assertj.core.api.Assertions.assertThat;

class RefusalMergeTest {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

    private final RefusalMerge merge = new RefusalMerge();
    private long nowMs = NOW.toEpochMilli();

    @Test
    void firstRefusalIsWrittenAtOnceAndTheRestWithTheirNumber() {
        assertThat(merge.refused(refusal("10.0.0.1", "no"), nowMs)).contains(refusal("10.0.0.1", "no"));
        for (int i = 0; i < 999; i++) {
            assertThat(merge.refused(refusal("10.0.0.1", "no"), nowMs)).isEmpty();
        }

        assertThat(merge.span(NOW)).singleElement().satisfies(entry -> {
            assertThat(entry.count()).isEqualTo(999);
            assertThat(entry.reason()).isEqualTo("no");
            assertThat(entry.address()).isEqualTo("10.0.0.1");
        });
        assertThat(merge.isEmpty()).isTrue();
        assertThat(merge.refused(refusal("10.0.0.1", "no"), nowMs))
                .as("the next span")
                .isPresent();
    }

    @Test
    void otherClientsAndReasonsAreEntriesOfTheirOwn() {
        assertThat(merge.refused(refusal("10.0.0.1", "no"), nowMs)).isPresent();
        assertThat(merge.refused(refusal("10.0.0.2", "no"), nowMs)).isPresent();
        assertThat(merge.refused(refusal("10.0.0.1", "never"), nowMs)).isPresent();
        assertThat(merge.span(NOW)).isEmpty();
    }

    /** Invents a reason and an address per request, for an hour. */
    @Test
    void inventiveClientCostsABoundedNumberOfEntriesPerMinute() {
        int entries = 0;
        for (int minute = 0; minute < 60; minute++) {
            for (int i = 0; i < 10_000; i++) {
                boolean written = merge.refused(refusal("10.0." + i, "Host " + minute + "-" + i), nowMs)
                        .isPresent();
                entries += written ? 1 : 0;
            }
            List<RecordEntry> span = merge.span(NOW);
            assertThat(span.getLast().reason()).startsWith("further refusals");
            entries += span.size();
            nowMs += 60_000;
        }

        assertThat(entries).isLessThanOrEqualTo(RefusalMerge.BURST + (RefusalMerge.PER_SPAN + 2) * 60);
    }

    private static RecordEntry refusal(String address, String reason) {
        return RecordEntry.of(NOW, "access", RecordOutcome.REFUSED)
                .by(address, address)
                .because(reason);
    }
}
