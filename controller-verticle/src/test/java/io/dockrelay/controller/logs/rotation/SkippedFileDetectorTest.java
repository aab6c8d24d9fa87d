package io.dockrelay.controller.logs.rotation;

import java.time.Instant;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.dockrelay.controller.logs.entries.LogEntry;

import static org.assertj.core.api.Assertions.assertThat;

class SkippedFileDetectorTest {

    private static final int FILE = 1_000_000;
    private static final int LINE = 170;
    private static final long LINE_TAKES = 7_000;
    private static final long FILE_TAKES = FILE / LINE * LINE_TAKES;

    /** At 200 MB a second. */
    private static final long FASTEST_FILE_TAKES = FILE * 5L;

    private static final long MILLISECOND = 1_000_000;

    private final LogEntry entry = new LogEntry();
    private long nanos;

    @Test
    void aFileMayBeMissingWhereAFloodStandsStillForHalfAsLongAsOneTakes() {
        var leaps = new SkippedFileDetector(FILE);
        assertThat(flood(leaps, FILE)).isZero();
        pass(FILE_TAKES / 2 + MILLISECOND);
        assertThat(line(leaps)).isTrue();
    }

    @Test
    void aFileMayBeMissingWhereTheEngineCouldHaveWrittenOneThoughLittleCame() {
        var leaps = new SkippedFileDetector(FILE);
        slowly(leaps, FILE);
        pass(FASTEST_FILE_TAKES - MILLISECOND);
        assertThat(line(leaps)).isFalse();
        pass(FASTEST_FILE_TAKES + MILLISECOND);
        assertThat(line(leaps)).isTrue();
    }

    @Test
    void aFewSuspicionsMayFollowEachOtherAndTheRestOnceInAnEighthOfAFile() {
        var leaps = new SkippedFileDetector(FILE);
        flood(leaps, FILE);
        int asked = 0;
        for (int pauses = 0; pauses < 5; pauses++) {
            pass(FILE_TAKES);
            asked += line(leaps) ? 1 : 0;
            flood(leaps, FILE / 40);
        }
        assertThat(asked).isEqualTo(4);
        flood(leaps, FILE / 8);
        pass(FILE_TAKES);
        assertThat(line(leaps)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1, 20", "1, 5000", "1, 60000", "40, 1000"})
    void whereLinesAreFewTheStoreIsAskedOnceInAnEighthOfAFileAndThereIsEnoughLeftForAFlood(int lines, long pause) {
        var leaps = new SkippedFileDetector(10 * FILE);
        int asked = 0;
        int rounds = 50_000 / lines;
        for (int round = 0; round < rounds; round++) {
            pass(pause * MILLISECOND);
            for (int line = 0; line < lines; line++) {
                asked += line(leaps) ? 1 : 0;
                pass(1_000);
            }
        }
        assertThat(asked).isLessThanOrEqualTo(rounds * lines * LINE / (10 * FILE / 8));
        flood(leaps, FILE / 10);
        pass(10 * FILE_TAKES);
        assertThat(line(leaps)).isTrue();
    }

    @Test
    void anEntryThatComesAgainIsNotSuspectedAgainNorPaidForTwice() {
        var leaps = new SkippedFileDetector(FILE);
        flood(leaps, FILE);
        for (int asks = 0; asks < 4; asks++) {
            pass(FILE_TAKES);
            assertThat(line(leaps)).isTrue();
            assertThat(line(leaps)).isFalse();
            flood(leaps, FILE / 40);
        }
        long now = nanos;
        nanos -= FILE_TAKES;
        leaps.newStream(at());
        flood(leaps, FILE / 2);
        nanos = now + FILE_TAKES;
        assertThat(line(leaps)).isFalse();
    }

    @Test
    void aClockThatWasSetBackHidesNothing() {
        var leaps = new SkippedFileDetector(FILE);
        flood(leaps, FILE);
        leaps.newStream(at());
        nanos -= 3_600_000 * MILLISECOND;
        flood(leaps, FILE);
        pass(FILE_TAKES);
        assertThat(line(leaps)).isTrue();
        flood(leaps, FILE);
        assertThat(leaps.suspectsSilence(1_000 * MILLISECOND)).isTrue();
    }

    @Test
    void theChunksOfLongLinesCountLikeLines() {
        var leaps = new SkippedFileDetector(FILE);
        for (int chunks = 0; chunks < FILE / LINE; chunks++) {
            pass(chunks % 10 == 0 ? 10 * LINE_TAKES : 0);
            assertThat(line(leaps)).isFalse();
        }
        for (int asks = 0; asks < 4; asks++) {
            pass(FILE_TAKES);
            assertThat(line(leaps)).isTrue();
            flood(leaps, FILE / 40);
        }
    }

    @Test
    void whatIsAskedBehindSilencesLeavesEnoughForAFlood() {
        var leaps = new SkippedFileDetector(10 * FILE);
        for (int bursts = 0; bursts < 20; bursts++) {
            flood(leaps, FILE / 10);
            assertThat(leaps.suspectsSilence(1_000 * MILLISECOND)).isTrue();
        }
        pass(10 * FILE_TAKES);
        assertThat(line(leaps)).isTrue();
    }

    @Test
    void justBehindAFloodTheStoreIsThoughtToBeFarAhead() {
        var leaps = new SkippedFileDetector(10 * FILE);
        assertThat(leaps.flooded()).isFalse();
        flood(leaps, FILE);
        pass(10 * FILE_TAKES);
        assertThat(line(leaps)).isTrue();
        assertThat(leaps.flooded()).isTrue();
        pass(10 * FILE_TAKES);
        assertThat(line(leaps)).isFalse();
        assertThat(leaps.flooded()).isFalse();
    }

    @Test
    void whatHadBeenStoredBeforeIsNotSuspected() {
        var leaps = new SkippedFileDetector(FILE);
        flood(leaps, FILE);
        pass(FILE_TAKES);
        assertThat(line(leaps, false)).isFalse();
        pass(FILE_TAKES);
        assertThat(line(leaps, true)).isTrue();
    }

    @Test
    void silenceIsAPauseTooAndAskedAboutOnce() {
        var leaps = new SkippedFileDetector(FILE);
        assertThat(leaps.suspectsSilence(1_000 * MILLISECOND)).isFalse();
        flood(leaps, FILE);
        assertThat(leaps.suspectsSilence(1_000 * MILLISECOND)).isTrue();
        assertThat(leaps.suspectsSilence(1_000 * MILLISECOND)).isFalse();
    }

    @Test
    void silenceBehindAFewLinesIsAskedAboutOnceInAnEighthOfAFile() {
        var leaps = new SkippedFileDetector(FILE);
        int asked = 0;
        for (int lines = 0; lines < FILE / LINE; lines++) {
            boolean unused = line(leaps);
            asked += leaps.suspectsSilence(1_000 * MILLISECOND) ? 1 : 0;
            pass(5_000 * MILLISECOND);
        }
        assertThat(asked).isBetween(6, 8);
    }

    @Test
    void aLogThatIsNeverRotatedLeavesNothingOut() {
        var leaps = new SkippedFileDetector(0);
        flood(leaps, FILE);
        pass(1_000 * MILLISECOND);
        assertThat(line(leaps)).isFalse();
    }

    /** So many bytes of the file without a pause; how many of the lines were suspected. */
    @CanIgnoreReturnValue
    private int flood(SkippedFileDetector leaps, int bytes) {
        int suspected = 0;
        for (int lines = bytes / LINE; lines > 0; lines--) {
            pass(LINE_TAKES);
            suspected += line(leaps) ? 1 : 0;
        }
        return suspected;
    }

    /** The same at 250 lines a second. */
    private void slowly(SkippedFileDetector leaps, int bytes) {
        for (int lines = bytes / LINE; lines > 0; lines--) {
            pass(4 * MILLISECOND);
            boolean unused = line(leaps);
        }
    }

    private Instant at() {
        return Instant.ofEpochSecond(1_700_000_000, nanos);
    }

    private void pass(long more) {
        nanos += more;
    }

    private boolean line(SkippedFileDetector leaps) {
        return line(leaps, true);
    }

    /** A line of 100 characters, which is {@link #LINE} bytes of the file. */
    private boolean line(SkippedFileDetector leaps, boolean followed) {
        Instant now = at();
        entry.position.seconds = now.getEpochSecond();
        entry.position.nanos = now.getNano();
        entry.from = 0;
        entry.to = 100;
        return leaps.suspects(entry, followed);
    }
}
