package io.dockrelay.protocol.wire;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.dockrelay.protocol.stats.AskLoadHistory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LoadQueriesTest {

    private static final Instant SINCE = Instant.parse("2025-11-25T21:00:00.120Z");
    private static final Instant UNTIL = Instant.parse("2025-11-25T22:00:00Z");

    @Test
    void writtenQueryIsReadAsTheSameQuestion() {
        for (AskLoadHistory question : new AskLoadHistory[] {
            new AskLoadHistory("web", SINCE, UNTIL, 60_000),
            new AskLoadHistory("web", null, null, 10_000),
            new AskLoadHistory("web", SINCE, null, null)
        }) {
            assertThat(read(LoadQueries.write(question))).isEqualTo(question);
        }
        assertThat(LoadQueries.write(new AskLoadHistory("web", null, null, null)))
                .isEmpty();
    }

    @Test
    void timeMayHaveAnOffset() {
        assertThat(read("?since=2025-11-25T22:00:00.120%2B01:00").since()).isEqualTo(SINCE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?since=yesterday",
                "?until=12",
                "?step=0",
                "?step=-1",
                "?step=1.5",
                "?step=3601",
                "?step=99999999999",
                "?since=2025-11-25T22:00:00Z&until=2025-11-25T22:00:00Z"
            })
    void badQuestionIsRefusedWithASentence(String query) {
        assertThatThrownBy(() -> read(query))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(" is a")
                .hasMessageEndingWith(".");
    }

    private static AskLoadHistory read(String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : query.substring(1).split("&", -1)) {
            String[] parts = pair.split("=", 2);
            parameters.put(parts[0], java.net.URLDecoder.decode(parts[1], java.nio.charset.StandardCharsets.UTF_8));
        }
        return LoadQueries.read("web", parameters::get);
    }
}
