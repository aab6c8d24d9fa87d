package io.dockrelay.controller.logs;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LeapsTest {

    private static final int FILE = 1_000_000;
    private static final int LINE = 170;
    private static final long LINE_TAKES = 7_000;
    private static final long FILE_TAKES = FILE / LINE * LINE_TAKES;
    private static final long MILLISECOND = 1_000_000;

    private final Entry entry = new Entry();
    private long nanos;

    @Test
    void aFileMayBeMissingWhereAFloodStandsStillForHalfAsLongAsOneTakes() {
        var leaps = new Leaps(FILE);
        assertThat(flood(leaps, FILE)).isZero();
        pass(FILE_TAKES / 2 + MILLISECOND);
        assertThat(line(leaps)).isTrue();
    }

    @Test
    void aShorterPauseIsTooShortForAFile() {
        var leaps = new Leaps(FILE);
        flood(leaps, FILE);
        pass(FILE_TAKES / 3);
        assertThat(line(leaps)).isFalse();
    }

    @Test
    void theStoreIsAskedOnceInAnEighthOfAFileAtMost() {
        var leaps = new Leaps(FILE);
        flood(leaps, FILE);
        pass(FILE_TAKES);
        assertThat(line(leaps)).isTrue();
        flood(leaps, FILE / 10);
        pass(FILE_TAKES);
        assertThat(line(leaps)).isFalse();
        flood(leaps, FILE / 2);
        pass(FILE_TAKES);
        assertThat(line(leaps)).isTrue();
    }

    @Test
    void whereTheStoreWasAskedNothingIsSuspected() {
        var leaps = new Leaps(FILE);
        flood(leaps, FILE);
        pass(FILE_TAKES);
        leaps.newStream();
        assertThat(line(leaps)).isFalse();
    }

    @Test
    void nothingIsSuspectedWhereLinesAreFew() {
        var leaps = new Leaps(FILE);
        for (int lines = 0; lines < 20_000; lines++) {
            pass(20 * MILLISECOND);
            assertThat(line(leaps)).isFalse();
        }
    }

    @Test
    void aLogThatIsNeverRotatedLeavesNothingOut() {
        var leaps = new Leaps(0);
        flood(leaps, FILE);
        pass(1_000 * MILLISECOND);
        assertThat(line(leaps)).isFalse();
    }

    /** So many bytes of the file without a pause; how many of the lines were suspected. */
    @CanIgnoreReturnValue
    private int flood(Leaps leaps, int bytes) {
        int suspected = 0;
        for (int lines = bytes / LINE; lines > 0; lines--) {
            pass(LINE_TAKES);
            suspected += line(leaps) ? 1 : 0;
        }
        return suspected;
    }

    private void pass(long more) {
        nanos += more;
    }

    /** A line of 100 characters, which is {@link #LINE} bytes of the file. */
    private boolean line(Leaps leaps) {
        entry.position.seconds = 1_700_000_000 + nanos / 1_000_000_000;
        entry.position.nanos = (int) (nanos % 1_000_000_000);
        entry.from = 0;
        entry.to = 100;
        return leaps.suspects(entry);
    }
}
