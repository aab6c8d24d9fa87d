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
    private static final int SMALL_FILE = 40_000;
    private static final int LINE = 170;
    private static final long LINE_TAKES = 7_000;
    private static final long FILE_TAKES = FILE / LINE * LINE_TAKES;

    /** At 200 MB per second. */
    private static final long FASTEST_FILE_TAKES = FILE * 5L;

    private static final long MILLISECOND = 1_000_000;

    private final LogEntry entry = new LogEntry();
    private long nanos;

    @Test
    void pauseInAFloodIsSuspectedFromHalfTheTimeOfOneFile() {
        var detector = new SkippedFileDetector(FILE);
        assertThat(flood(detector, FILE)).isZero();
        pass(FILE_TAKES / 2 + MILLISECOND);
        assertThat(line(detector)).isTrue();
    }

    @Test
    void pauseBetweenFewLinesIsSuspectedFromTheTimeOfTheFastestFile() {
        var detector = new SkippedFileDetector(FILE);
        slowly(detector, FILE);
        pass(FASTEST_FILE_TAKES - MILLISECOND);
        assertThat(line(detector)).isFalse();
        pass(FASTEST_FILE_TAKES + MILLISECOND);
        assertThat(line(detector)).isTrue();
    }

    @Test
    void fourQuestionsMayFollowEachOtherAndThenOnePerEighthOfAFile() {
        var detector = new SkippedFileDetector(FILE);
        flood(detector, FILE);
        int asked = 0;
        for (int pauses = 0; pauses < 5; pauses++) {
            pass(FILE_TAKES);
            asked += line(detector) ? 1 : 0;
            flood(detector, FILE / 40);
        }
        assertThat(asked).isEqualTo(4);
        flood(detector, FILE / 8);
        pass(FILE_TAKES);
        assertThat(line(detector)).isTrue();
    }

    /** Tiny files on a busy machine: every pause is as long as a file may take, and the bytes pay for few questions. */
    @Test
    void longPauseInASlowFloodIsSuspectedThoughTheBytesDoNotPay() {
        var detector = new SkippedFileDetector(40_000);
        int asked = 0;
        for (int bursts = 0; asked < 10; bursts++) {
            assertThat(bursts).isLessThan(1_000);
            flood(detector, 20 * LINE);
            pass(30 * MILLISECOND);
            asked += line(detector) ? 1 : 0;
        }
        flood(detector, 20 * LINE);
        pass(250 * MILLISECOND);
        assertThat(line(detector)).isTrue();
    }

    /**
     * As {@code RotationTest} on a busy machine: bursts of 1.5 kB, at intervals that are many times the writer's own, and
     * then the pause in which a file of 40 kB was left out.
     */
    @ParameterizedTest
    @CsvSource({"40, 150", "40, 1000", "80, 150", "80, 1000", "200, 250", "200, 3000"})
    void pauseOfASlowWriterIsSuspectedWhateverWasAskedBefore(long interval, long pause) {
        for (int bursts = 20; bursts < 60; bursts++) {
            var detector = new SkippedFileDetector(SMALL_FILE);
            int unused = bursts(detector, bursts, 9, interval);
            pass((pause - interval) * MILLISECOND);
            assertThat(line(detector))
                    .as("after %d bursts per %d ms", bursts, interval)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"9, 20", "9, 40", "9, 200", "3, 10"})
    void slowWriterOfSmallFilesCausesTenQuestionsPerSecondAndEightPerFileAtMost(int lines, long interval) {
        var detector = new SkippedFileDetector(SMALL_FILE);
        long seconds = 60;
        int rounds = (int) (seconds * 1_000 / interval);

        int asked = bursts(detector, rounds, lines, interval);

        long written = (long) rounds * lines * LINE;
        assertThat((long) asked).isLessThanOrEqualTo(10 * seconds + 8 * written / SMALL_FILE + 4);
    }

    @ParameterizedTest
    @CsvSource({"1, 50", "4, 300", "9, 1000", "20, 1000", "20, 5000"})
    void fewLinesInSmallFilesCauseEightQuestionsPerFileAtMost(int lines, long interval) {
        var detector = new SkippedFileDetector(SMALL_FILE);

        int asked = bursts(detector, 1_000, lines, interval);

        assertThat(asked).isLessThanOrEqualTo(1_000 * lines * LINE / (SMALL_FILE / 8) + 4);
    }

    @ParameterizedTest
    @CsvSource({"1, 20", "1, 5000", "1, 60000", "40, 1000"})
    void fewLinesCauseOneQuestionPerEighthOfAFileAndLeaveSomeForAFlood(int lines, long pause) {
        var detector = new SkippedFileDetector(10 * FILE);
        int asked = 0;
        int rounds = 50_000 / lines;
        for (int round = 0; round < rounds; round++) {
            pass(pause * MILLISECOND);
            for (int line = 0; line < lines; line++) {
                asked += line(detector) ? 1 : 0;
                pass(1_000);
            }
        }
        assertThat(asked).isLessThanOrEqualTo(rounds * lines * LINE / (10 * FILE / 8));
        flood(detector, FILE / 10);
        pass(10 * FILE_TAKES);
        assertThat(line(detector)).isTrue();
    }

    @Test
    void entryThatArrivesAgainIsNotSuspectedAgainAndPaysForNothing() {
        var detector = new SkippedFileDetector(FILE);
        flood(detector, FILE);
        for (int asks = 0; asks < 4; asks++) {
            pass(FILE_TAKES);
            assertThat(line(detector)).isTrue();
            assertThat(line(detector)).isFalse();
            flood(detector, FILE / 40);
        }
        long now = nanos;
        nanos -= FILE_TAKES;
        detector.newStream(at());
        flood(detector, FILE / 2);
        nanos = now + FILE_TAKES;
        assertThat(line(detector)).isFalse();
    }

    @Test
    void clockThatWasSetBackHidesNothing() {
        var detector = new SkippedFileDetector(FILE);
        flood(detector, FILE);
        detector.newStream(at());
        nanos -= 3_600_000 * MILLISECOND;
        flood(detector, FILE);
        pass(FILE_TAKES);
        assertThat(line(detector)).isTrue();
        flood(detector, FILE);
        assertThat(detector.suspectsSilence(1_000 * MILLISECOND)).isTrue();
    }

    @Test
    void chunksOfLongLinesCountLikeLines() {
        var detector = new SkippedFileDetector(FILE);
        for (int chunks = 0; chunks < FILE / LINE; chunks++) {
            pass(chunks % 10 == 0 ? 10 * LINE_TAKES : 0);
            assertThat(line(detector)).isFalse();
        }
        for (int asks = 0; asks < 4; asks++) {
            pass(FILE_TAKES);
            assertThat(line(detector)).isTrue();
            flood(detector, FILE / 40);
        }
    }

    @Test
    void questionsAboutSilencesLeaveSomeForAFlood() {
        var detector = new SkippedFileDetector(10 * FILE);
        for (int bursts = 0; bursts < 20; bursts++) {
            flood(detector, FILE / 10);
            assertThat(detector.suspectsSilence(1_000 * MILLISECOND)).isTrue();
        }
        pass(10 * FILE_TAKES);
        assertThat(line(detector)).isTrue();
    }

    @Test
    void storeIsAheadRightAfterAFlood() {
        var detector = new SkippedFileDetector(10 * FILE);
        assertThat(detector.flooded()).isFalse();
        flood(detector, FILE);
        pass(10 * FILE_TAKES);
        assertThat(line(detector)).isTrue();
        assertThat(detector.flooded()).isTrue();
        pass(10 * FILE_TAKES);
        assertThat(line(detector)).isFalse();
        assertThat(detector.flooded()).isFalse();
    }

    @Test
    void entryStoredBeforeTheStreamOpenedIsNotSuspected() {
        var detector = new SkippedFileDetector(FILE);
        flood(detector, FILE);
        pass(FILE_TAKES);
        assertThat(line(detector, false)).isFalse();
        pass(FILE_TAKES);
        assertThat(line(detector, true)).isTrue();
    }

    @Test
    void silenceAfterAFloodIsSuspectedOnce() {
        var detector = new SkippedFileDetector(FILE);
        assertThat(detector.suspectsSilence(1_000 * MILLISECOND)).isFalse();
        flood(detector, FILE);
        assertThat(detector.suspectsSilence(1_000 * MILLISECOND)).isTrue();
        assertThat(detector.suspectsSilence(1_000 * MILLISECOND)).isFalse();
    }

    /** The log may rotate while the engine opens the stream, which then stands still before it brings a new line. */
    @Test
    void silenceOfANewStreamIsSuspectedOnceUnlessItAnswersSuchAQuestion() {
        var detector = new SkippedFileDetector(FILE);
        detector.openStream();
        assertThat(detector.suspectsSilence(1_000 * MILLISECOND)).isTrue();
        detector.openStream();
        assertThat(detector.suspectsSilence(1_000 * MILLISECOND)).isFalse();
        detector.openStream();
        assertThat(detector.suspectsSilence(1_000 * MILLISECOND)).isTrue();
        assertThat(detector.suspectsSilence(1_000 * MILLISECOND)).isFalse();
    }

    @Test
    void silenceAfterFewLinesIsSuspectedOncePerEighthOfAFile() {
        var detector = new SkippedFileDetector(FILE);
        int asked = 0;
        for (int lines = 0; lines < FILE / LINE; lines++) {
            boolean unused = line(detector);
            asked += detector.suspectsSilence(1_000 * MILLISECOND) ? 1 : 0;
            pass(5_000 * MILLISECOND);
        }
        assertThat(asked).isBetween(6, 8);
    }

    /** One whose question was spent: fewer bytes than pay for one, and no flood. */
    @Test
    void silenceThatGoesOnIsSuspectedWhateverWasPaid() {
        var detector = new SkippedFileDetector(FILE);
        detector.openStream();
        slowly(detector, FILE / 20);
        assertThat(detector.suspectsSilence(1_000 * MILLISECOND)).isTrue();
        detector.openStream();
        slowly(detector, FILE / 20);
        assertThat(detector.suspectsSilence(1_000 * MILLISECOND)).isFalse();
        assertThat(detector.suspectsSilence(2_000 * MILLISECOND)).isFalse();
        assertThat(detector.suspectsSilence(4_000 * MILLISECOND)).isTrue();
        assertThat(detector.suspectsSilence(64_000 * MILLISECOND)).isFalse();
    }

    /** Looks at each silence as the stream does: after 1, 2, 4 seconds, and so on. */
    @ParameterizedTest
    @CsvSource({"1, 0", "5, 1", "10, 2", "20, 3", "40, 4", "100, 5", "3600, 5"})
    void fewLinesCauseFiveQuestionsWithoutPayAtMostAndRegularOnesFewer(int interval, int questions) {
        var detector = new SkippedFileDetector(10 * FILE);
        assertThat(silences(detector, 1_000, interval)).isEqualTo(questions);
    }

    @ParameterizedTest
    @CsvSource({"5", "10", "100", "3600"})
    void questionsWithoutPayAreFivePerQuestionWithIt(int interval) {
        var detector = new SkippedFileDetector(SMALL_FILE);
        int lines = 3_000;
        int paid = lines * LINE / (SMALL_FILE / 8);
        assertThat(silences(detector, lines, interval)).isBetween(paid / 2, 6 * paid + 5);
    }

    @Test
    void idleLogIsNotSuspectedAgain() {
        var detector = new SkippedFileDetector(FILE);
        boolean unused = line(detector);
        assertThat(detector.suspectsSilence(4_000 * MILLISECOND)).isTrue();
        for (int hours = 0; hours < 10; hours++) {
            assertThat(detector.suspectsSilence(3_600_000 * MILLISECOND)).isFalse();
        }
    }

    @Test
    void logThatNeverRotatesIsNotSuspected() {
        var detector = new SkippedFileDetector(0);
        flood(detector, FILE);
        pass(1_000 * MILLISECOND);
        assertThat(line(detector)).isFalse();
    }

    /** Lines that fill {@code bytes} of the file, without a pause; returns how many were suspected. */
    @CanIgnoreReturnValue
    private int flood(SkippedFileDetector detector, int bytes) {
        int suspected = 0;
        for (int lines = bytes / LINE; lines > 0; lines--) {
            pass(LINE_TAKES);
            suspected += line(detector) ? 1 : 0;
        }
        return suspected;
    }

    /** Lines without a pause, and then a pause that fills the interval, again and again; returns how many were suspected. */
    private int bursts(SkippedFileDetector detector, int rounds, int lines, long interval) {
        int suspected = 0;
        for (int round = 0; round < rounds; round++) {
            suspected += flood(detector, lines * LINE);
            pass(interval * MILLISECOND - lines * LINE_TAKES);
        }
        return suspected;
    }

    /** Single lines with an interval in seconds; returns how many of the silences were suspected. */
    private int silences(SkippedFileDetector detector, int lines, int interval) {
        int suspected = 0;
        for (int line = 0; line < lines; line++) {
            boolean unused = line(detector);
            for (long silence = 1; silence <= interval; silence *= 2) {
                suspected += detector.suspectsSilence(silence * 1_000 * MILLISECOND) ? 1 : 0;
            }
            pass(interval * 1_000L * MILLISECOND);
        }
        return suspected;
    }

    /** The same at 250 lines per second. */
    private void slowly(SkippedFileDetector detector, int bytes) {
        for (int lines = bytes / LINE; lines > 0; lines--) {
            pass(4 * MILLISECOND);
            boolean unused = line(detector);
        }
    }

    private Instant at() {
        return Instant.ofEpochSecond(1_700_000_000, nanos);
    }

    private void pass(long more) {
        nanos += more;
    }

    private boolean line(SkippedFileDetector detector) {
        return line(detector, true);
    }

    /** A line of 100 characters, which takes {@link #LINE} bytes of the file. */
    private boolean line(SkippedFileDetector detector, boolean followed) {
        Instant now = at();
        entry.position.seconds = now.getEpochSecond();
        entry.position.nanos = now.getNano();
        entry.from = 0;
        entry.to = 100;
        return detector.suspects(entry, followed);
    }
}
