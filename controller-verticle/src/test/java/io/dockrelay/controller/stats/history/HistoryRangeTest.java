package io.dockrelay.controller.stats.history;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.dockrelay.protocol.stats.AskLoadHistory;

import static org.assertj.core.api.Assertions.assertThat;

class HistoryRangeTest {

    private static final int STEP = 10_000;
    private static final Instant NOW = Instant.parse("2026-11-29T15:00:07Z");

    @ParameterizedTest
    @CsvSource({
        // since, until, step, the answer's since, step, count, fine
        ", , , 2026-11-29T14:00:00Z, 10000, 361, true",
        "2026-11-29T14:45:07Z, , 10000, 2026-11-29T14:45:00Z, 10000, 91, true",
        "2026-11-29T14:45:07Z, , 15000, 2026-11-29T14:45:00Z, 20000, 46, true",
        "2026-11-29T14:00:07Z, , 60000, 2026-11-29T14:00:00Z, 60000, 61, false",
        "2026-11-29T09:00:07Z, , 10000, 2026-11-29T09:00:00Z, 60000, 361, false",
        "2026-11-29T03:10:07Z, 2026-11-29T03:20:00Z, , 2026-11-29T03:10:00Z, 60000, 10, false",
        "2026-11-28T15:00:07Z, , , 2026-11-28T15:00:00Z, 60000, 1441, false",
        "2026-11-28T15:00:07Z, , 170000, 2026-11-28T15:00:00Z, 180000, 481, false",
        "2020-01-01T00:00:00Z, , , 2026-11-28T15:00:00Z, 60000, 1441, false",
        "2026-11-29T14:00:00Z, 2030-01-01T00:00:00Z, , 2026-11-29T14:00:00Z, 10000, 361, true"
    })
    void stepsFitTheTierThatHasThem(
            Instant since, Instant until, Integer step, Instant begins, int stepMs, int count, boolean fine) {
        HistoryRange range = HistoryRange.of(new AskLoadHistory("web", since, until, step), NOW, STEP);

        assertThat(range).isEqualTo(new HistoryRange(begins.toEpochMilli(), stepMs, count, fine));
    }

    @ParameterizedTest
    @CsvSource({
        "-999999999-01-01T00:00:00Z, +999999999-12-31T23:59:59Z",
        "1960-01-01T00:00:00Z, 1961-01-01T00:00:00Z",
        "2090-01-01T00:00:00Z, ",
        "2026-11-29T15:00:07Z, 2026-11-29T14:00:00Z"
    })
    void timesWithoutAnyLoadHaveABoundedAnswer(Instant since, Instant until) {
        HistoryRange range = HistoryRange.of(new AskLoadHistory("web", since, until, null), NOW, STEP);

        assertThat(range.since()).isNotNegative();
        assertThat(range.count()).isBetween(0, 1_500);
    }

    @Test
    void lastHourHasAPointPerMinute() {
        assertThat(HistoryRange.lastHour(NOW, STEP))
                .isEqualTo(
                        new HistoryRange(Instant.parse("2026-11-29T14:00:00Z").toEpochMilli(), 60_000, 61, false));
    }
}
