package io.dockrelay.controller.logs.rotation;

import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import io.dockrelay.controller.logs.entries.Line;
import io.dockrelay.controller.logs.entries.LogEntry;
import io.dockrelay.controller.logs.tail.ResumeFilter;

import static org.assertj.core.api.Assertions.assertThat;

class RotationGuardTest {

    private static final int FILE = 100_000;
    private static final int FLOOD = 1_000;

    private final LogEntry entry = new LogEntry();
    private final AtomicInteger passedOn = new AtomicInteger();
    private long nanos;

    @Test
    void whatHadBeenStoredBeforeTheStreamBeganIsNotDoubted() {
        RotationGuard onward = onward(FLOOD + 1);
        flood(onward);
        pauseAndLine(onward);
        assertThat(onward.doubtful()).isFalse();
        pauseAndLine(onward);
        assertThat(onward.doubtful()).isTrue();
        assertThat(passedOn).hasValue(FLOOD + 1);
    }

    @Test
    void whatCameBehindItIs() {
        RotationGuard onward = onward(FLOOD);
        flood(onward);
        pauseAndLine(onward);
        assertThat(onward.doubtful()).isTrue();
        assertThat(passedOn).hasValue(FLOOD);
    }

    /** A clock that was set back while a long line was pending, which is read again each time. */
    @Test
    void anOlderEntryThatTheStoreGivesAgainAndAgainIsBelieved() {
        RotationHistory suspicions = RotationHistory.of(0);
        for (int asks = 0; asks < 4; asks++) {
            nanos = 10_000_000_000L;
            RotationGuard onward = onward(suspicions, 0);
            line(onward, 0);
            assertThat(onward.doubtful()).isFalse();
            line(onward, -5_000_000_000L);
            assertThat(onward.doubtful()).isEqualTo(asks < 3);
        }
    }

    /** Not every engine gives each line a time of its own. */
    @Test
    void differentLinesOfOneTimeAreNotDoubted() {
        RotationGuard onward = onward(0);
        entry(onward, 0, true);
        entry(onward, 0, true);
        assertThat(onward.doubtful()).isFalse();
        entry(onward, 1, true);
        assertThat(onward.doubtful()).isTrue();
    }

    /** The newest file begins with the second chunk of a line, and the engine gives it again. */
    @Test
    void aChunkOfALongLineThatComesAgainIsDoubted() {
        RotationGuard onward = onward(0);
        chunk(onward, 0);
        chunk(onward, 0);
        chunk(onward, 0);
        assertThat(onward.doubtful()).isFalse();
        chunk(onward, 1);
        assertThat(onward.doubtful()).isTrue();
    }

    @Test
    void longLinesOfEqualChunksAreBelievedOnceTheStoreHasInsisted() {
        RotationHistory suspicions = RotationHistory.of(FILE);
        int doubts = 0;
        for (int lines = 0; lines < 10; lines++) {
            RotationGuard onward = onward(suspicions, 0);
            chunk(onward, 0);
            chunk(onward, 1);
            doubts += onward.doubtful() ? 1 : 0;
        }
        assertThat(doubts).isEqualTo(3);
    }

    @Test
    void whereNothingRotatesNoChunkIsDoubted() {
        RotationGuard onward = onward(RotationHistory.of(0), 0);
        chunk(onward, 0);
        chunk(onward, 1);
        assertThat(onward.doubtful()).isFalse();
    }

    private RotationGuard onward(long stored) {
        return onward(RotationHistory.of(FILE), stored);
    }

    private RotationGuard onward(RotationHistory suspicions, long stored) {
        Line.Sink sink = line -> passedOn.incrementAndGet();
        return new RotationGuard(new ResumeFilter(null, 0, -1, false, sink), () -> true, suspicions, null, stored);
    }

    private void flood(RotationGuard onward) {
        for (int lines = 0; lines < FLOOD; lines++) {
            line(onward, 7_000);
        }
    }

    private void pauseAndLine(RotationGuard onward) {
        line(onward, 100_000_000);
    }

    private void line(RotationGuard onward, long pause) {
        nanos += pause;
        entry(onward, 0, true);
    }

    private void chunk(RotationGuard onward, int ordinal) {
        entry(onward, ordinal, false);
    }

    private void entry(RotationGuard onward, int ordinal, boolean terminated) {
        entry.position.seconds = 1_700_000_000 + nanos / 1_000_000_000;
        entry.position.nanos = (int) (nanos % 1_000_000_000);
        entry.position.stream = 'o';
        entry.position.ordinal = ordinal;
        entry.terminated = terminated;
        entry.bytes = new byte[100];
        entry.from = 0;
        entry.to = 100;
        onward.entry(entry);
    }
}
