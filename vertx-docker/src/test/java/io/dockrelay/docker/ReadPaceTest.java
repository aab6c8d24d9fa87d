package io.dockrelay.docker;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReadPaceTest {

    private static final long MILLISECOND = 1_000_000;

    private final ReadPace pace = new ReadPace();

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
        long now = 0;
        for (int piece = 0; piece < 100; piece++) {
            boolean unused = pace.read(now++);
        }
        for (int piece = 0; piece < 1_000; piece++) {
            now += ReadPace.REST_MS * MILLISECOND;
            assertThat(pace.read(now)).isTrue();
        }
    }

    @Test
    void quietEndsTheResting() {
        for (int piece = 0; piece < 1_000; piece++) {
            boolean unused = pace.read(0);
        }
        assertThat(pace.read(100 * MILLISECOND)).isFalse();
    }
}
