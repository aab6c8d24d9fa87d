package io.dockrelay.docker.stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReadPacingTest {

    private static final long MILLISECOND = 1_000_000;

    private final ReadPacing pacing = new ReadPacing();

    @Test
    void rarePiecesAreNeverDelayed() {
        for (int piece = 0; piece < 10_000; piece++) {
            assertThat(pacing.read(piece * MILLISECOND)).isFalse();
        }
    }

    @Test
    void shortBurstIsReadWithoutAPause() {
        for (int piece = 0; piece < 49; piece++) {
            assertThat(pacing.read(5 * MILLISECOND)).isFalse();
        }
        assertThat(pacing.read(5 * MILLISECOND)).isTrue();
    }

    @Test
    void floodIsReadOncePerPause() {
        assertThat(pausesAfter(100, 0)).isTrue();
        long now = 0;
        for (int pause = 0; pause < 1_000; pause++) {
            now += ReadPacing.PAUSE_MS * MILLISECOND;
            assertThat(pausesAfter(5, now)).isTrue();
        }
    }

    @Test
    void quietTimeEndsThePauses() {
        assertThat(pausesAfter(1_000, 0)).isTrue();
        assertThat(pacing.read(100 * MILLISECOND)).isFalse();
    }

    /** Whether the reader pauses after a number of pieces that arrive at the same time. */
    private boolean pausesAfter(int pieces, long now) {
        boolean pauses = false;
        for (int piece = 0; piece < pieces; piece++) {
            pauses = pacing.read(now);
        }
        return pauses;
    }
}
