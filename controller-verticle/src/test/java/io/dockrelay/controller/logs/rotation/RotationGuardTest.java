package io.dockrelay.controller.logs.rotation;

import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import io.dockrelay.controller.logs.entries.LogEntry;

import static org.assertj.core.api.Assertions.assertThat;

class RotationGuardTest {

    private static final int FILE = 100_000;
    private static final int FLOOD = 1_000;

    private final LogEntry entry = new LogEntry();
    private final AtomicInteger passedOn = new AtomicInteger();
    private long nanos;

    @Test
    void entryStoredBeforeTheStreamOpenedIsNotDoubted() {
        RotationCheck check = newStream(FLOOD + 1);
        flood(check);
        pauseAndLine(check);
        assertThat(check.isDoubtful()).isFalse();
        pauseAndLine(check);
        assertThat(check.isDoubtful()).isTrue();
        assertThat(passedOn).hasValue(FLOOD + 1);
    }

    @Test
    void pauseBeforeALaterEntryIsDoubted() {
        RotationCheck check = newStream(FLOOD);
        flood(check);
        pauseAndLine(check);
        assertThat(check.isDoubtful()).isTrue();
        assertThat(passedOn).hasValue(FLOOD);
    }

    /** The clock was set back while a long line was pending; each new stream reads the line again. */
    @Test
    void olderEntryIsAcceptedAfterThreeQuestions() {
        RotationGuard guard = new RotationGuard(0, RotationFaults.ALL);
        for (int asks = 0; asks < 4; asks++) {
            nanos = 10_000_000_000L;
            RotationCheck check = newStream(guard, 0);
            line(check, 0);
            assertThat(check.isDoubtful()).isFalse();
            line(check, -5_000_000_000L);
            assertThat(check.isDoubtful()).isEqualTo(asks < 3);
        }
    }

    /** Some engines give all lines of one read the same time. */
    @Test
    void differentLinesOfOneTimestampAreNotDoubted() {
        RotationCheck check = newStream(0);
        entry(check, 0, true);
        entry(check, 0, true);
        assertThat(check.isDoubtful()).isFalse();
        entry(check, 1, true);
        assertThat(check.isDoubtful()).isTrue();
    }

    /** The newest file starts with the second chunk of a line, and the engine sends it again. */
    @Test
    void repeatedChunkOfALongLineIsDoubted() {
        RotationCheck check = newStream(0);
        chunk(check, 0);
        chunk(check, 0);
        chunk(check, 0);
        assertThat(check.isDoubtful()).isFalse();
        chunk(check, 1);
        assertThat(check.isDoubtful()).isTrue();
    }

    @Test
    void longLinesOfEqualChunksAreAcceptedAfterThreeQuestions() {
        RotationGuard guard = new RotationGuard(FILE, RotationFaults.ALL);
        int doubts = 0;
        for (int lines = 0; lines < 10; lines++) {
            RotationCheck check = newStream(guard, 0);
            chunk(check, 0);
            chunk(check, 1);
            doubts += check.isDoubtful() ? 1 : 0;
        }
        assertThat(doubts).isEqualTo(3);
    }

    @Test
    void noChunkIsDoubtedInALogThatNeverRotates() {
        RotationCheck check = newStream(new RotationGuard(0, RotationFaults.ALL), 0);
        chunk(check, 0);
        chunk(check, 1);
        assertThat(check.isDoubtful()).isFalse();
    }

    @Test
    void faultThatTheEngineDoesNotHaveIsNotDoubted() {
        RotationCheck repeatsOff = newStream(new RotationGuard(FILE, new RotationFaults(false, true, true)), 0);
        chunk(repeatsOff, 0);
        chunk(repeatsOff, 1);
        line(repeatsOff, -5_000_000_000L);
        assertThat(repeatsOff.isDoubtful()).isFalse();

        var skipsOff = new RotationGuard(FILE, new RotationFaults(true, false, true));
        RotationCheck stream = newStream(skipsOff, 0);
        flood(stream);
        assertThat(skipsOff.suspectsSilence(RotationGuard.STANDSTILL)).isTrue();
        pauseAndLine(stream);
        assertThat(stream.isDoubtful()).isFalse();

        var standstillOff = new RotationGuard(FILE, new RotationFaults(true, true, false));
        flood(newStream(standstillOff, 0));
        assertThat(standstillOff.mayStandStill()).isFalse();
        assertThat(standstillOff.suspectsSilence(RotationGuard.STANDSTILL)).isFalse();
    }

    private RotationCheck newStream(long stored) {
        return newStream(new RotationGuard(FILE, RotationFaults.ALL), stored);
    }

    private RotationCheck newStream(RotationGuard guard, long stored) {
        return guard.newStream(null, stored, passed -> passedOn.incrementAndGet());
    }

    private void flood(RotationCheck check) {
        for (int lines = 0; lines < FLOOD; lines++) {
            line(check, 7_000);
        }
    }

    private void pauseAndLine(RotationCheck check) {
        line(check, 100_000_000);
    }

    private void line(RotationCheck check, long pause) {
        nanos += pause;
        entry(check, 0, true);
    }

    private void chunk(RotationCheck check, int ordinal) {
        entry(check, ordinal, false);
    }

    private void entry(RotationCheck check, int ordinal, boolean terminated) {
        entry.position.seconds = 1_700_000_000 + nanos / 1_000_000_000;
        entry.position.nanos = (int) (nanos % 1_000_000_000);
        entry.position.stream = 'o';
        entry.position.ordinal = ordinal;
        entry.terminated = terminated;
        entry.bytes = new byte[100];
        entry.from = 0;
        entry.to = 100;
        check.entry(entry);
    }
}
