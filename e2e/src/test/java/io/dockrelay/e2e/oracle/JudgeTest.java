package io.dockrelay.e2e.oracle;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.dockrelay.e2e.oracle.Violation.Kind;

import static org.assertj.core.api.Assertions.assertThat;

/** Which reports are clean, and which are violations. */
class JudgeTest {

    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    private final Segment here = new Segment("0123456789ab", Path.of("here"));
    private final Segment deleted = new Segment("0123456789ab", Path.of("deleted"));
    private final Report report = new Report("browser", "web");
    private final List<StoredLine> stored = new ArrayList<>();
    private long now = 100;

    @Test
    void eachLineOnceAndInOrderIsClean() {
        store(10, here);
        snapshot(null, 3, 4);
        lines(5, 6);
        lines(7, 8, 9);

        Tally tally = judge();

        assertThat(tally.violations()).isEmpty();
        assertThat(tally.expected()).isEqualTo(7);
        assertThat(tally.delivered()).isEqualTo(7);
    }

    @Test
    void exactResumeIsClean() {
        store(6, here);
        snapshot(null, 0, 1);
        subscribed("cursor of 1");
        snapshot(true, 2);
        lines(3, 4, 5);

        assertThat(judge().isClean()).isTrue();
    }

    @Test
    void missingLineIsLost() {
        store(6, here);
        snapshot(null, 0, 1);
        lines(4, 5);

        Tally tally = judge();

        assertThat(tally.lost()).isEqualTo(2);
        Violation lost = tally.violations().getFirst();
        assertThat(lost.kind()).isEqualTo(Kind.LOST);
        assertThat(lost.first()).isEqualTo(line(2));
        assertThat(lost.before()).isEqualTo(line(1));
        assertThat(lost.after()).isEqualTo(line(4));
    }

    @Test
    void missingLastLineIsLost() {
        store(3, here);
        snapshot(null, 0, 1);

        assertThat(kinds()).containsExactly(Kind.LOST);
    }

    @Test
    void lineThatArrivesTwiceIsRepeated() {
        store(3, here);
        snapshot(null, 0, 1);
        lines(1, 2);

        Tally tally = judge();

        assertThat(tally.repeated()).isEqualTo(1);
        assertThat(kinds()).containsExactly(Kind.REPEATED);
    }

    @Test
    void lineRepeatedAfterAResumeIsRepeated() {
        store(4, here);
        snapshot(null, 0, 1);
        subscribed("cursor of 1");
        snapshot(true, 1);
        lines(2, 3);

        assertThat(kinds()).containsExactly(Kind.REPEATED);
    }

    @Test
    void linesInTheWrongOrderAreLostAndDisordered() {
        store(4, here);
        snapshot(null, 0);
        lines(2, 1, 3);

        assertThat(kinds()).containsExactly(Kind.LOST, Kind.DISORDERED);
    }

    @Test
    void lineThatTheEngineNeverStoredIsForeign() {
        store(2, here);
        snapshot(null, 0, 1);
        report.add(new BrowserEvent.Lines(now++, List.of(Line.of(NOON, 'o', "made up"))));

        assertThat(kinds()).containsExactly(Kind.FOREIGN);
    }

    @Test
    void sameTextOfTheOtherStreamIsAnotherLine() {
        store(1, here);
        snapshot(null, 0);
        report.add(new BrowserEvent.Lines(now++, List.of(Line.of(NOON, 'e', "line 0"))));

        assertThat(kinds()).containsExactly(Kind.FOREIGN);
    }

    @Test
    void aGapThatThePagesFillIsClean() {
        store(6, here);
        snapshot(null, 0, 1);
        gap(2, 3);
        lines(4, 5);

        Tally tally = judge();

        assertThat(tally.violations()).isEmpty();
        assertThat(tally.gapped()).isEqualTo(2);
        assertThat(tally.filled()).isEqualTo(2);
    }

    @Test
    void aGapThatThePagesDoNotFillIsNot() {
        store(6, here);
        snapshot(null, 0, 1);
        gap(2);
        lines(4, 5);

        assertThat(kinds()).containsExactly(Kind.NOT_FILLED);
    }

    @Test
    void aGapThatNobodyCouldFetchIsNotFilled() {
        store(3, here);
        snapshot(null, 0);
        report.add(new BrowserEvent.Gap(now++, "rotated", "from", null, new GapFill()));
        lines(2);

        assertThat(kinds()).containsExactly(Kind.NOT_FILLED);
    }

    @Test
    void gapAfterASnapshotThatDidNotResumeCoversTheLinesBeforeIt() {
        store(6, here);
        snapshot(null, 0, 1);
        subscribed("cursor of 1");
        snapshot(false, 4);
        gap(2, 3);
        lines(5);

        Tally tally = judge();

        assertThat(tally.violations()).isEmpty();
        assertThat(tally.filled()).isEqualTo(2);
        assertThat(tally.gaps()).isEqualTo(1);
    }

    @Test
    void gapCoversOnlyItsOwnPosition() {
        store(8, here);
        snapshot(null, 0, 1);
        gap(2);
        lines(3, 4);
        lines(6, 7);

        assertThat(kinds()).containsExactly(Kind.LOST);
    }

    @Test
    void fetchedLineThatHasAlreadyArrivedIsFilledTwice() {
        store(6, here);
        snapshot(null, 0, 1);
        gap(1, 2, 3);
        lines(4, 5);

        assertThat(kinds()).containsExactly(Kind.FILLED_TWICE);
    }

    @Test
    void lineDeletedByTheEngineBeforeItWasReadIsNoViolation() {
        store(2, here);
        store(2, deleted);
        store(2, here);
        deleted.gone(0);
        snapshot(null, 0, 1);
        gap();
        lines(4, 5);

        Tally tally = judge();

        assertThat(tally.violations()).isEmpty();
        assertThat(tally.deleted()).isEqualTo(2);
    }

    @Test
    void lineDeletedOnlyLaterIsLost() {
        store(2, here);
        store(2, deleted);
        store(1, here);
        snapshot(null, 0, 1);
        lines(4);
        deleted.gone(now);

        assertThat(kinds()).containsExactly(Kind.LOST);
    }

    private void store(int count, Segment segment) {
        int first = stored.size();
        IntStream.range(first, first + count).forEach(i -> stored.add(new StoredLine(line(i), segment)));
    }

    private static Line line(int number) {
        return Line.of(NOON.plusMillis(number), 'o', "line " + number);
    }

    private static List<Line> these(int... numbers) {
        return IntStream.of(numbers).mapToObj(JudgeTest::line).toList();
    }

    private void subscribed(String after) {
        report.add(new BrowserEvent.Subscribed(now++, after));
    }

    private void snapshot(Boolean resumed, int... numbers) {
        report.add(new BrowserEvent.Snapshot(now++, resumed, these(numbers)));
    }

    private void lines(int... numbers) {
        report.add(new BrowserEvent.Lines(now++, these(numbers)));
    }

    private void gap(int... given) {
        GapFill fill = new GapFill();
        fill.complete(new GapFill.Result(these(given), now, now, null));
        report.add(new BrowserEvent.Gap(now++, "slow_client", "from", null, fill));
    }

    private List<Kind> kinds() {
        return judge().violations().stream().map(Violation::kind).toList();
    }

    private Tally judge() {
        return Judge.judge(new ExpectedLog("web", stored), report, now);
    }
}
