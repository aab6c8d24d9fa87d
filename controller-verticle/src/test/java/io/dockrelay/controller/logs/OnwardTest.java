package io.dockrelay.controller.logs;

import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OnwardTest {

    private static final int FILE = 100_000;
    private static final int FLOOD = 1_000;

    private final Entry entry = new Entry();
    private final AtomicInteger passedOn = new AtomicInteger();
    private long nanos;

    @Test
    void whatHadBeenStoredBeforeTheStreamBeganIsNotDoubted() {
        Onward onward = onward(FLOOD + 1);
        flood(onward);
        pauseAndLine(onward);
        assertThat(onward.doubtful()).isFalse();
        pauseAndLine(onward);
        assertThat(onward.doubtful()).isTrue();
        assertThat(passedOn).hasValue(FLOOD + 1);
    }

    @Test
    void whatCameBehindItIs() {
        Onward onward = onward(FLOOD);
        flood(onward);
        pauseAndLine(onward);
        assertThat(onward.doubtful()).isTrue();
        assertThat(passedOn).hasValue(FLOOD);
    }

    /** A clock that was set back while a long line was pending, which is read again each time. */
    @Test
    void anOlderEntryThatTheStoreGivesAgainAndAgainIsBelieved() {
        Suspicions suspicions = Suspicions.of(0);
        for (int asks = 0; asks < 4; asks++) {
            nanos = 10_000_000_000L;
            Onward onward = onward(suspicions, 0);
            line(onward, 0);
            assertThat(onward.doubtful()).isFalse();
            line(onward, -5_000_000_000L);
            assertThat(onward.doubtful()).isEqualTo(asks < 3);
        }
    }

    /** Not every engine gives each line a time of its own. */
    @Test
    void differentLinesOfOneTimeAreNotDoubted() {
        Onward onward = onward(0);
        entry(onward, 0, true);
        entry(onward, 0, true);
        assertThat(onward.doubtful()).isFalse();
        entry(onward, 1, true);
        assertThat(onward.doubtful()).isTrue();
    }

    /** The newest file begins with the second chunk of a line, and the engine gives it again. */
    @Test
    void aChunkOfALongLineThatComesAgainIsDoubted() {
        Onward onward = onward(0);
        chunk(onward, 0);
        chunk(onward, 0);
        chunk(onward, 0);
        assertThat(onward.doubtful()).isFalse();
        chunk(onward, 1);
        assertThat(onward.doubtful()).isTrue();
    }

    @Test
    void longLinesOfEqualChunksAreBelievedOnceTheStoreHasInsisted() {
        Suspicions suspicions = Suspicions.of(FILE);
        int doubts = 0;
        for (int lines = 0; lines < 10; lines++) {
            Onward onward = onward(suspicions, 0);
            chunk(onward, 0);
            chunk(onward, 1);
            doubts += onward.doubtful() ? 1 : 0;
        }
        assertThat(doubts).isEqualTo(3);
    }

    @Test
    void whereNothingRotatesNoChunkIsDoubted() {
        Onward onward = onward(Suspicions.of(0), 0);
        chunk(onward, 0);
        chunk(onward, 1);
        assertThat(onward.doubtful()).isFalse();
    }

    private Onward onward(long stored) {
        return onward(Suspicions.of(FILE), stored);
    }

    private Onward onward(Suspicions suspicions, long stored) {
        Line.Sink sink = line -> passedOn.incrementAndGet();
        return new Onward(new ResumeSearch(null, 0, -1, false, sink), suspicions, null, stored);
    }

    private void flood(Onward onward) {
        for (int lines = 0; lines < FLOOD; lines++) {
            line(onward, 7_000);
        }
    }

    private void pauseAndLine(Onward onward) {
        line(onward, 100_000_000);
    }

    private void line(Onward onward, long pause) {
        nanos += pause;
        entry(onward, 0, true);
    }

    private void chunk(Onward onward, int ordinal) {
        entry(onward, ordinal, false);
    }

    private void entry(Onward onward, int ordinal, boolean terminated) {
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
