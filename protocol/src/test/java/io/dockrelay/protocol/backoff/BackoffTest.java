package io.dockrelay.protocol.backoff;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BackoffTest {

    @Test
    void delaysMatchTheSharedTable() throws IOException {
        for (JsonNode row : fixture().get("delays")) {
            Duration delay =
                    Backoff.delay(row.get("n").intValue(), row.get("draw").doubleValue());

            assertThat(delay.toMillis())
                    .as(row.toString())
                    .isEqualTo(row.get("ms").longValue());
        }
    }

    @Test
    void onlyAStableConnectionResetsTheDelays() throws IOException {
        var backoff = new Backoff();
        Duration stable = Duration.ofMillis(fixture().get("stable_after_ms").longValue());

        assertThat(backoff.next(0)).isEqualTo(Duration.ofMillis(500));
        backoff.connectionLasted(stable.minusMillis(1));
        assertThat(backoff.next(0)).isEqualTo(Duration.ofSeconds(1));
        backoff.connectionLasted(stable);
        assertThat(backoff.attempts()).isZero();
        assertThat(backoff.next(0)).isEqualTo(Duration.ofMillis(500));
    }

    private static JsonNode fixture() throws IOException {
        try (InputStream in = BackoffTest.class.getResourceAsStream("/backoff.json")) {
            return new ObjectMapper().readTree(in);
        }
    }
}
