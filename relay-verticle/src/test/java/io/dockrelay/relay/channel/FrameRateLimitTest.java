package io.dockrelay.relay.channel;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FrameRateLimitTest {

    private final FrameRateLimit gathering = new FrameRateLimit();

    @Test
    void lineIsSentAtOnceWhileFramesAreFew() {
        for (int now = 0; now < 10_000; now += 10) {
            assertThat(gathering.waitMs(now)).isZero();
            gathering.leave(5, now);
        }
    }

    @Test
    void burstAfterAQuietTimeIsSentAtOnce() {
        for (int line = 0; line < 100; line++) {
            assertThat(gathering.waitMs(1_000)).isZero();
            gathering.leave(1, 1_000);
        }
        assertThat(gathering.waitMs(1_000)).isEqualTo(1);
    }

    @Test
    void oneSubscriberOfAFloodWaitsAMillisecond() {
        gathering.leave(100, 0);
        for (int now = 1; now < 1_000; now++) {
            assertThat(gathering.waitMs(now)).isLessThanOrEqualTo(1);
            gathering.leave(1, now);
        }
    }

    @Test
    void manySubscribersWaitAtMostTwentyMilliseconds() {
        long now = 0;
        gathering.leave(1_000, now);
        for (int frame = 0; frame < 100; frame++) {
            long wait = gathering.waitMs(now);
            assertThat(wait).isEqualTo(FrameRateLimit.LONGEST_MS);
            now += wait;
            gathering.leave(1_000, now);
        }
    }

    @Test
    void quietTimePaysTheDebt() {
        gathering.leave(1_000_000, 0);
        assertThat(gathering.waitMs(1_000)).isZero();
    }
}
