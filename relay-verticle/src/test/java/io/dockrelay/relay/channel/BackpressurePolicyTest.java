package io.dockrelay.relay.channel;

import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.logs.BatchTaken;
import io.dockrelay.relay.channel.BackpressurePolicy.Readers;

import static org.assertj.core.api.Assertions.assertThat;

class BackpressurePolicyTest {

    private final BackpressurePolicy policy = new BackpressurePolicy();

    @Test
    void continuesWhileASubscriberTakesMore() {
        assertThat(policy.answer(Readers.READY, 0)).isEqualTo(BatchTaken.CONTINUE);
    }

    @Test
    void waitsForFourSecondsAndJumpsAfterFive() {
        assertThat(policy.answer(Readers.STALLED, 100)).isNull();
        assertThat(policy.holdMs(100)).isEqualTo(4_000);
        assertThat(atEndOfHold(Readers.STALLED, 4_100)).isEqualTo(BatchTaken.WAIT);
        assertThat(policy.answer(Readers.STALLED, 4_150)).isNull();
        assertThat(policy.holdMs(4_150)).isEqualTo(950);
        assertThat(atEndOfHold(Readers.STALLED, 5_100)).isEqualTo(BatchTaken.JUMP);
        assertThat(policy.answer(Readers.STALLED, 5_200)).isNull();
    }

    @Test
    void subscriberThatTakesMoreRestartsTheStall() {
        assertThat(policy.answer(Readers.STALLED, 0)).isNull();
        assertThat(policy.answer(Readers.READY, 4_900)).isEqualTo(BatchTaken.CONTINUE);
        assertThat(policy.answer(Readers.STALLED, 5_100)).isNull();
    }

    @Test
    void neverJumpsWhileASubscriberStillJoins() {
        assertThat(policy.answer(Readers.JOINING, 0)).isNull();
        assertThat(atEndOfHold(Readers.JOINING, 4_000)).isEqualTo(BatchTaken.WAIT);
        assertThat(policy.answer(Readers.JOINING, 60_000)).isNull();
    }

    /** What the receiver of the tail answers then. */
    private BatchTaken atEndOfHold(Readers readers, long now) {
        BatchTaken answer = policy.answer(readers, now);
        return answer == null ? BatchTaken.WAIT : answer;
    }
}
