package io.dockrelay.relay.uplink;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ErrorAnswersTest {

    private static final String WHALE = "\ud83d\udc33";

    @Test
    void longSentenceIsCutBetweenTwoCharacters() {
        assertThat(sentence("x".repeat(499) + WHALE + "y")).isEqualTo("x".repeat(499) + "…");
        assertThat(sentence("x".repeat(498) + WHALE + "y")).isEqualTo("x".repeat(498) + WHALE + "…");
        assertThat(sentence("x".repeat(498) + WHALE)).isEqualTo("x".repeat(498) + WHALE);
    }

    @Test
    void halfACharacterIsNotPrinted() {
        assertThat(sentence("x\ud83d")).isEqualTo("x?");
    }

    private static String sentence(String error) {
        return ErrorAnswers.sentence(Buffer.buffer("{\"error\":\"" + error + "\"}"))
                .orElseThrow();
    }
}
