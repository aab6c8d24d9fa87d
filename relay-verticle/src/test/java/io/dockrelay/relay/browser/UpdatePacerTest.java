package io.dockrelay.relay.browser;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class UpdatePacerTest {

    private static final Instant NOON = Instant.parse("2025-11-25T12:00:00Z");

    private final UpdatePacer pacer = new UpdatePacer(Duration.ofMillis(100));

    @Test
    void firstMessageIsSentAtOnceAndTheNextAfterTheInterval() {
        assertThat(pacer.wait(NOON)).isZero();
        pacer.sent(NOON);

        assertThat(pacer.wait(NOON)).isEqualTo(Duration.ofMillis(100));
        assertThat(pacer.wait(NOON.plusMillis(70))).isEqualTo(Duration.ofMillis(30));
        assertThat(pacer.wait(NOON.plusMillis(100))).isZero();
        assertThat(pacer.wait(NOON.plusSeconds(60))).isZero();
    }

    @Test
    void clockThatIsSetBackDelaysNoMessage() {
        pacer.sent(NOON);

        assertThat(pacer.wait(NOON.minusSeconds(3600))).isZero();
    }
}
