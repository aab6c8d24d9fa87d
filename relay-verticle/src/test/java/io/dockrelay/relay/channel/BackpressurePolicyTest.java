package io.dockrelay.relay.channel;

import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.logs.BatchTaken;
import io.dockrelay.relay.channel.BackpressurePolicy.Readers;

import static org.assertj.core.api.Assertions.assertThat;

class BackpressurePolicyTest {

    private final BackpressurePolicy pace = new BackpressurePolicy();

    @Test
    void goesOnWhileSomebodyTakes() {
        assertThat(pace.answer(Readers.READY, 0)).isEqualTo(BatchTaken.CONTINUE);
    }

    @Test
    void waitsForFourSecondsAndJumpsAfterFive() {
        assertThat(pace.answer(Readers.STALLED, 100)).isNull();
        assertThat(pace.holdMs(100)).isEqualTo(4_000);
        assertThat(pace.heldLongEnough(Readers.STALLED, 4_100)).isEqualTo(BatchTaken.WAIT);
        assertThat(pace.answer(Readers.STALLED, 4_150)).isNull();
        assertThat(pace.holdMs(4_150)).isEqualTo(950);
        assertThat(pace.heldLongEnough(Readers.STALLED, 5_100)).isEqualTo(BatchTaken.JUMP);
        assertThat(pace.answer(Readers.STALLED, 5_200)).isNull();
    }

    @Test
    void oneWhoTakesBeginsTheStallAnew() {
        assertThat(pace.answer(Readers.STALLED, 0)).isNull();
        assertThat(pace.answer(Readers.READY, 4_900)).isEqualTo(BatchTaken.CONTINUE);
        assertThat(pace.answer(Readers.STALLED, 5_100)).isNull();
    }

    @Test
    void neverJumpsOverThoseWhoStillJoin() {
        assertThat(pace.answer(Readers.JOINING, 0)).isNull();
        assertThat(pace.heldLongEnough(Readers.JOINING, 4_000)).isEqualTo(BatchTaken.WAIT);
        assertThat(pace.answer(Readers.JOINING, 60_000)).isNull();
    }
}
