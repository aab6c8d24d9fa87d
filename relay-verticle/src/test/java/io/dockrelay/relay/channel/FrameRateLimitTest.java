package io.dockrelay.relay.channel;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class FrameRateLimitTest {

    private final FrameRateLimit gathering = new FrameRateLimit();

    @Test
    void lineIsSentAtOnceWhileFramesAreFew() {
        for (int now = 0; now < 10_000; now += 10) {
            assertThat(gathering.waitMs(5, now)).isZero();
            gathering.leave(5, now);
        }
    }

    @Test
    void burstAfterAQuietTimeIsSentAtOnce() {
        for (int line = 0; line < 100; line++) {
            assertThat(gathering.waitMs(1, 1_000)).isZero();
            gathering.leave(1, 1_000);
        }
        assertThat(gathering.waitMs(1, 1_000)).isEqualTo(1);
    }

    @Test
    void oneSubscriberOfAFloodWaitsAMillisecond() {
        gathering.leave(100, 0);
        for (int now = 1; now < 1_000; now++) {
            assertThat(gathering.waitMs(1, now)).isLessThanOrEqualTo(1);
            gathering.leave(1, now);
        }
    }

    @ParameterizedTest(name = "{0} subscribers: {1} ms")
    @CsvSource({"100, 20", "500, 20", "1000, 40", "2000, 80", "5000, 100", "100000, 100"})
    void waitGrowsWithTheCrowdUpToATenthOfASecond(int subscribers, long longest) {
        long now = 0;
        gathering.leave(subscribers, now);
        for (int frame = 0; frame < 100; frame++) {
            gathering.leave(subscribers, now);
            long wait = gathering.waitMs(subscribers, now);
            assertThat(wait).isEqualTo(longest);
            now += wait;
        }
    }

    @Test
    void quietTimePaysTheDebt() {
        gathering.leave(1_000_000, 0);
        assertThat(gathering.waitMs(1_000, 1_000)).isZero();
    }
}
