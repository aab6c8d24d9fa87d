package io.dockrelay.protocol.wire;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class QueryTimesTest {

    @Test
    void plusThatWasNotEncodedIsAPlus() {
        assertThat(QueryTimes.read("since", "2026-11-29T10:00:00 01:00"))
                .isEqualTo(Instant.parse("2026-11-29T09:00:00Z"));
        assertThat(QueryTimes.read("since", "2026-11-29T10:00:00.5 05:30"))
                .isEqualTo(Instant.parse("2026-11-29T04:30:00.5Z"));
        assertThat(LogQueries.time("since", "2026-11-29T10:00:00 01:00")).isEqualTo("2026-11-29T09:00:00.000000000Z");
    }

    @Test
    void offsetsAndNoTimeAreRead() {
        assertThat(QueryTimes.read("since", "2026-11-29T10:00:00+01:00"))
                .isEqualTo(Instant.parse("2026-11-29T09:00:00Z"));
        assertThat(QueryTimes.read("since", "2026-11-29T10:00:00-01:00"))
                .isEqualTo(Instant.parse("2026-11-29T11:00:00Z"));
        assertThat(QueryTimes.read("since", null)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "2026-11-29 10:00",
                "2026-11-29 10:00:00Z",
                "2026-11-29T10:00:00",
                "2026-11-29T10:00:00  01:00",
                "2026-11-29T10:00:00 99:00",
                "2026-11-29T10:00:00Z 01:00",
                "10:00:00 01:00"
            })
    void otherBlanksAreNoTime(String text) {
        assertThatThrownBy(() -> QueryTimes.read("since", text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"since\" is an RFC 3339 time");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", " ", "1", "10:00 "})
    @Timeout(10)
    void readingALongValueTakesNoLongerThanItsLength(String part) {
        assertThat(QueryTimes.parse(part.repeat(1_000_000))).isNull();
    }
}
