package io.dockrelay.docker;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReadPacingTest {

    private static final long MILLISECOND = 1_000_000;

    private final ReadPacing pace = new ReadPacing();

    @Test
    void rarePiecesAreNeverHeldUp() {
        for (int piece = 0; piece < 10_000; piece++) {
            assertThat(pace.read(piece * MILLISECOND)).isFalse();
        }
    }

    @Test
    void aShortBurstIsReadAsItComes() {
        for (int piece = 0; piece < 49; piece++) {
            assertThat(pace.read(5 * MILLISECOND)).isFalse();
        }
        assertThat(pace.read(5 * MILLISECOND)).isTrue();
    }

    @Test
    void aFloodIsReadOnceARest() {
        assertThat(restsAfter(100, 0)).isTrue();
        long now = 0;
        for (int rest = 0; rest < 1_000; rest++) {
            now += ReadPacing.REST_MS * MILLISECOND;
            assertThat(restsAfter(5, now)).isTrue();
        }
    }

    @Test
    void quietEndsTheResting() {
        assertThat(restsAfter(1_000, 0)).isTrue();
        assertThat(pace.read(100 * MILLISECOND)).isFalse();
    }

    /** Whether there is a rest behind so many pieces at once. */
    private boolean restsAfter(int pieces, long now) {
        boolean rests = false;
        for (int piece = 0; piece < pieces; piece++) {
            rests = pace.read(now);
        }
        return rests;
    }
}
