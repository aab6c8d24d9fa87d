package io.dockrelay.controller.logs.tail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.dockrelay.controller.testing.Waiting;
import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.protocol.logs.GapReason;
import io.dockrelay.protocol.logs.LogPage;
import io.dockrelay.protocol.logs.LogStateKind;
import io.dockrelay.protocol.logs.ReadLogs;
import io.dockrelay.protocol.logs.ReadLogs.Anchor;
import io.dockrelay.protocol.logs.Resumption;
import io.dockrelay.protocol.logs.TailFrom;
import io.dockrelay.protocol.logs.TailMark;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Logs with NUL bytes in their file, as after a power cut. An engine below 23.0 ends a read there, or skips some lines,
 * without a report; newer ones report it, and lose lines before it at random.
 */
@OnRealEngine
class DamagedLogTest extends LogsOnRealEngine {

    private static final int STORED = 500;

    DamagedLogTest(TestEngine real) {
        super(real);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 300, 470, 499})
    void newestPageHasTheLinesAfterTheDamageAndAGapBeforeThem(int damaged) throws IOException {
        storeDamagedAt(damaged);

        LogPage page = page(ReadLogs.newest("web", 5_000));

        assertThat(texts(page)).isEqualTo(numbers(damaged + 1, STORED));
        assertThat(page.moreBefore()).isTrue();
        assertThat(page.moreAfter()).isFalse();
        assertThat(page.incomplete()).isEqualTo(new TailMark.Gap(GapReason.DAMAGED, null, page.first(), null));
    }

    @Test
    void newestPageThatNeedsNoDamagedLineIsComplete() throws IOException {
        storeDamagedAt(300);

        LogPage page = page(ReadLogs.newest("web", 100));

        assertThat(texts(page)).isEqualTo(numbers(401, STORED));
        assertThat(page.incomplete()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 470})
    void pagesBackwardsHaveTheLinesOnBothSidesOfTheDamage(int damaged) throws IOException {
        storeDamagedAt(damaged);
        LogPage newest = page(ReadLogs.newest("web", 5_000));

        LogPage older = page(new ReadLogs("web", Anchor.BEFORE, newest.first(), null, null, 5_000));

        assertThat(older.anchored()).isTrue();
        assertThat(texts(older)).isEqualTo(numbers(1, texts(older).size())).isNotEmpty();
        assertThat(older.moreAfter()).isTrue();
        assertThat(older.incomplete())
                .isEqualTo(new TailMark.Gap(GapReason.DAMAGED, older.cursor(), newest.first(), null));
    }

    @Test
    void pageBeforeALineAfterTheDamageIsAnchored() throws IOException {
        storeDamagedAt(300);
        String last = page(ReadLogs.newest("web", 1)).first();

        LogPage page = page(new ReadLogs("web", Anchor.BEFORE, last, null, null, 1_000));

        assertThat(page.anchored()).isTrue();
        assertThat(texts(page)).isEqualTo(numbers(301, STORED - 1));
        assertThat(page.moreBefore()).isTrue();
        assertThat(page.incomplete()).isEqualTo(new TailMark.Gap(GapReason.DAMAGED, null, page.first(), null));
        String time = page.lines().timestamp(150);
        LogPage byTime = page(new ReadLogs("web", Anchor.THROUGH, time, null, null, 1_000));
        assertThat(texts(byTime)).isEqualTo(numbers(301, 451));
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 470})
    void pagesForwardsGoOnAfterTheDamage(int damaged) throws IOException {
        storeDamagedAt(damaged);
        List<String> all = new ArrayList<>();

        LogPage page = page(new ReadLogs("web", Anchor.AFTER, "2000-01-01T00:00:00.000000000Z", null, null, 100));
        all.addAll(texts(page));
        int gaps = 0;
        while (page.moreAfter()) {
            page = page(new ReadLogs("web", Anchor.AFTER, page.cursor(), null, null, 100));
            assertThat(page.lines().isEmpty()).isFalse();
            gaps += page.incomplete() == null ? 0 : 1;
            all.addAll(texts(page));
        }

        assertThat(gaps).isPositive();
        assertThat(all).containsSubsequence("1", "100").endsWith("500").doesNotHaveDuplicates();
        assertThat(all).containsAll(numbers(damaged + 1, STORED));
    }

    /** A gap is right beside the damage: a page that ends earlier has none. */
    @ParameterizedTest
    @ValueSource(ints = {300, 470, 500})
    void gapsOfPagesAreBesideTheDamage(int damaged) throws IOException {
        storeDamagedAt(damaged);
        LogPage page = page(new ReadLogs("web", Anchor.AFTER, "2000-01-01T00:00:00.000000000Z", null, null, 50));
        List<String> all = new ArrayList<>(texts(page));
        while (page.moreAfter() && !page.lines().isEmpty()) {
            page = page(new ReadLogs("web", Anchor.AFTER, page.cursor(), null, null, 50));
            boolean last = texts(page).contains(Integer.toString(damaged - 1));
            boolean first = texts(page).contains(Integer.toString(damaged + 1));
            assertThat(page.incomplete() != null)
                    .as(texts(page) + " " + page.incomplete())
                    .isEqualTo(last || first || page.lines().isEmpty());
            all.addAll(texts(page));
        }
        assertThat(all).doesNotContain(Integer.toString(damaged)).doesNotHaveDuplicates();
        assertThat(all).containsAll(numbers(1, damaged - 1)).containsAll(numbers(damaged + 1, STORED));

        String before = page(new ReadLogs("web", Anchor.AFTER, "2000-01-01T00:00:00.000000000Z", null, null, 200))
                .cursor();
        LogPage backwards = page(new ReadLogs("web", Anchor.BEFORE, before, null, null, 50));
        assertThat(texts(backwards)).isEqualTo(numbers(150, 199));
        assertThat(backwards.incomplete()).isNull();
    }

    /** Two power cuts: an engine below 23.0 may skip the lines between them. */
    @Test
    void pagesOfALogThatIsDamagedTwiceHaveThePartsOfIt() throws IOException {
        storeDamagedAt(200, 400);

        LogPage page = page(new ReadLogs("web", Anchor.AFTER, "2000-01-01T00:00:00.000000000Z", null, null, 50));
        List<String> forwards = new ArrayList<>(texts(page));
        int gaps = page.incomplete() == null ? 0 : 1;
        while (page.moreAfter() && !page.lines().isEmpty()) {
            page = page(new ReadLogs("web", Anchor.AFTER, page.cursor(), null, null, 50));
            gaps += page.incomplete() == null ? 0 : 1;
            forwards.addAll(texts(page));
        }
        assertThat(gaps).isPositive();
        assertThat(forwards).doesNotHaveDuplicates().doesNotContain("200", "400");
        assertThat(forwards).containsAll(numbers(1, 199)).containsAll(numbers(401, STORED));

        LogPage older = page(ReadLogs.newest("web", 50));
        List<String> backwards = new ArrayList<>(texts(older));
        while (older.moreBefore() && !older.lines().isEmpty()) {
            older = page(new ReadLogs("web", Anchor.BEFORE, older.first(), null, null, 50));
            backwards.addAll(texts(older));
        }
        assertThat(backwards).doesNotHaveDuplicates().doesNotContain("200", "400");
        assertThat(backwards).containsAll(numbers(1, 199)).containsAll(numbers(401, STORED));
        if (reportsDamage()) {
            assertThat(forwards).containsAll(numbers(201, 399));
            assertThat(backwards).containsAll(numbers(201, 399));
        }
    }

    @Test
    void pagesOfATerminalsLogHaveTheLinesOnBothSidesOfTheDamage() throws IOException {
        store("--tty");
        damage(logFile(), 300);

        LogPage newest = page(ReadLogs.newest("web", 5_000));
        LogPage older = page(new ReadLogs("web", Anchor.BEFORE, newest.first(), null, null, 5_000));

        assertThat(texts(newest)).isEqualTo(numbers(301, STORED));
        assertThat(newest.incomplete()).isEqualTo(new TailMark.Gap(GapReason.DAMAGED, null, newest.first(), null));
        assertThat(texts(older)).isEqualTo(numbers(1, 299));
    }

    @Test
    void tailBeginsWithTheLinesAfterTheDamageAndAGapBeforeThem() throws IOException {
        storeDamagedAt(300);
        TestReader reader = reader();

        Waiting.await(reader.tryOpen("web", new TailFrom.Lines(1_000), false));
        reader.awaitLines(200);

        assertThat(reader.texts()).isEqualTo(numbers(301, STORED));
        assertThat(reader.batches.getFirst().marks())
                .filteredOn(mark -> mark instanceof TailMark.Gap)
                .extracting(mark -> ((TailMark.Gap) mark).reason())
                .containsExactly(GapReason.DAMAGED);
        assertThat(reader.batches.getFirst().moreBefore()).isTrue();
    }

    @Test
    void tailWithoutABacklogContinuesAfterTheNewestLine() throws IOException {
        storeDamagedAt(480);
        String newest = page(ReadLogs.newest("web", 1)).cursor();
        TestReader reader = reader();

        Waiting.await(reader.tryOpen("web", new TailFrom.Lines(0), false));
        reader.await("the first batch", () -> !reader.batches.isEmpty());

        assertThat(reader.batches.getFirst().cursor()).isEqualTo(newest);
    }

    @Test
    void tailResumesAfterALineBeyondTheDamage() throws IOException {
        storeDamagedAt(400);
        String cursor = page(ReadLogs.newest("web", 90)).first();
        TestReader reader = reader();

        Waiting.await(reader.tryOpen("web", new TailFrom.After(cursor), false));
        reader.await("the first batch", () -> !reader.batches.isEmpty());

        assertThat(reader.batches.getFirst().resumption()).isEqualTo(Resumption.RESUMED);
    }

    @Test
    void tailOfALogThatIsDamagedAtItsEndHasAGapAfterItsLines() throws IOException {
        storeDamagedAt(STORED);
        TestReader reader = reader();

        Waiting.await(reader.tryOpen("web", new TailFrom.Lines(1_000), false));
        reader.awaitLines(STORED - 1);
        reader.await("the gap", () -> !gaps(reader).isEmpty());

        assertThat(reader.texts()).isEqualTo(numbers(1, STORED - 1));
        String last = page(ReadLogs.newest("web", 1)).cursor();
        assertThat(gaps(reader)).containsExactly(new TailMark.Gap(GapReason.DAMAGED, last, null, null));
        assertThat(reader.batches.getFirst().marks()).isEmpty();
        assertThat(reader.batches.getLast().cursor()).isEqualTo(last);
    }

    @Test
    void tailThatResumesBeforeTheDamageHasTheLinesAfterIt() throws IOException {
        storeDamagedAt(400);
        String cursor = page(new ReadLogs("web", Anchor.AFTER, "2000-01-01T00:00:00.000000000Z", null, null, 50))
                .cursor();
        TestReader reader = reader();

        Waiting.await(reader.tryOpen("web", new TailFrom.After(cursor), false));
        reader.await("the last line", () -> reader.texts().contains("500"));

        assertThat(reader.texts()).doesNotHaveDuplicates().containsAll(numbers(401, 500));
        assertThat(gaps(reader)).extracting(TailMark.Gap::reason).containsExactly(GapReason.DAMAGED);
    }

    @Test
    void tailThatResumesBeforeADamagedEndHasAGapAfterTheLines() throws IOException {
        storeDamagedAt(STORED);
        String cursor = page(new ReadLogs("web", Anchor.AFTER, "2000-01-01T00:00:00.000000000Z", null, null, 50))
                .cursor();
        TestReader reader = reader();

        Waiting.await(reader.tryOpen("web", new TailFrom.After(cursor), false));
        reader.await("the gap", () -> !gaps(reader).isEmpty());

        assertThat(reader.texts()).isEqualTo(numbers(51, STORED - 1));
        assertThat(gaps(reader)).extracting(TailMark.Gap::reason).containsExactly(GapReason.DAMAGED);
    }

    @Test
    void tailOfALogThatGrowsAfterDamageGoesOn() throws IOException {
        real.run("web", "i=0; while :; do i=$((i+1)); echo $i; sleep 0.002; done");
        awaitLines(600);
        Files.write(logFile(), new byte[100_000], StandardOpenOption.APPEND);
        awaitLines(50);
        TestReader reader = reader();

        Waiting.await(reader.tryOpen("web", new TailFrom.Lines(10_000), false));
        reader.awaitLines(300);

        List<String> texts = reader.texts();
        int first = Integer.parseInt(texts.getFirst());
        assertThat(texts).isEqualTo(numbers(first, first + texts.size() - 1));
        assertThat(gaps(reader)).extracting(TailMark.Gap::reason).containsExactly(GapReason.DAMAGED);
        real.removeContainers();
    }

    /** An engine below 23.0 goes on in the same stream, and may skip some lines. */
    @Test
    void tailThatFollowsGoesOnAfterDamage() throws IOException {
        real.run("web", "i=0; while :; do i=$((i+1)); echo $i; sleep 0.002; done");
        awaitLines(100);
        TestReader reader = reader();
        Waiting.await(reader.tryOpen("web", new TailFrom.Lines(1_000), false));
        reader.awaitLines(200);

        Files.write(logFile(), new byte[100_000], StandardOpenOption.APPEND);
        int count = reader.texts().size();
        reader.awaitLines(count + 100);

        List<String> texts = reader.texts();
        assertThat(texts).doesNotHaveDuplicates();
        int first = Integer.parseInt(texts.getFirst());
        assertThat(Integer.parseInt(texts.getLast()) - first).isBetween(texts.size() - 1, texts.size() + 100);
        if (reportsDamage()) {
            assertThat(gaps(reader)).extracting(TailMark.Gap::reason).containsExactly(GapReason.DAMAGED);
        }
        real.removeContainers();
    }

    /** As after a power cut with a restart: the lines that a reader has got are lost from the disk. */
    @Test
    void tailThatFollowsHasAGapWhenDamageTakesItsPosition() throws IOException {
        real.run("web", "seq 1 500; trap exit TERM; while :; do sleep 0.1; done");
        TestReader reader = reader();
        Waiting.await(reader.tryOpen("web", new TailFrom.Lines(1_000), false));
        reader.await("the first run", () -> reader.texts().contains("500"));
        real.docker("stop", "--time", "1", "web");
        reader.awaitState(LogStateKind.STOPPED);
        reader.batches.clear();
        destroyFrom(490);

        real.docker("start", "web");
        reader.await("the second run", () -> reader.texts().contains("500"));

        assertThat(gaps(reader)).extracting(TailMark.Gap::reason).containsExactly(GapReason.DAMAGED);
        assertThat(reader.texts()).doesNotHaveDuplicates().endsWith("499", "500");
        real.removeContainers();
    }

    /** The lines before the position are still there, and nothing follows them. */
    @Test
    void tailThatFollowsHasOnlyAGapWhenTheRestartPrintsNothing() throws IOException {
        TestReader reader = reader();
        String cursor = storeWithoutItsEnd(reader);

        real.docker("start", "web");
        reader.await("the gap", () -> !gaps(reader).isEmpty());
        real.docker("stop", "--time", "1", "web");
        reader.awaitState(LogStateKind.STOPPED);

        assertThat(reader.texts()).as(gaps(reader).toString()).isEmpty();
        assertThat(gaps(reader)).containsExactly(new TailMark.Gap(GapReason.DAMAGED, cursor, null, null));
        real.removeContainers();
    }

    @Test
    void tailThatResumesAfterALineThatDamageTookHasOnlyAGap() throws IOException {
        TestReader first = reader();
        String cursor = storeWithoutItsEnd(first);
        first.close();
        TestReader reader = reader();

        Waiting.await(reader.tryOpen("web", new TailFrom.After(cursor), false));
        reader.await("the gap", () -> !gaps(reader).isEmpty());

        assertThat(reader.texts()).as(gaps(reader).toString()).isEmpty();
        TailMark.Gap gap = gaps(reader).getFirst();
        assertThat(gap).isEqualTo(new TailMark.Gap(GapReason.DAMAGED, cursor, null, null));
    }

    /**
     * 500 lines that a reader has got, of which damage takes the last 11; the container is stopped, and prints nothing when it
     * is started again.
     *
     * @return the position of the last line
     */
    private String storeWithoutItsEnd(TestReader reader) throws IOException {
        real.run("web", "[ -e /ran ] || seq 1 500; touch /ran; trap exit TERM; while :; do sleep 0.1; done");
        Waiting.await(reader.tryOpen("web", new TailFrom.Lines(1_000), false));
        reader.await("the first run", () -> reader.texts().contains("500"));
        real.docker("stop", "--time", "1", "web");
        reader.awaitState(LogStateKind.STOPPED);
        String cursor = page(ReadLogs.newest("web", 1)).cursor();
        reader.batches.clear();
        destroyFrom(490);
        return cursor;
    }

    /** NUL bytes take the place of the rest of the file. */
    private void destroyFrom(int line) throws IOException {
        String log = Files.readString(logFile(), ISO_8859_1);
        int at = log.indexOf("{\"log\":\"" + line + "\\n");
        Files.writeString(logFile(), log.substring(0, at) + "\0".repeat(log.length() - at), ISO_8859_1);
    }

    private void awaitLines(int more) {
        int before = page(ReadLogs.newest("web", 1)).lines().isEmpty() ? 0 : newestNumber();
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> newestNumber() >= before + more);
    }

    private int newestNumber() {
        List<String> newest = texts(page(ReadLogs.newest("web", 1)));
        return newest.isEmpty() ? 0 : Integer.parseInt(newest.getFirst());
    }

    private static List<TailMark.Gap> gaps(TestReader reader) {
        return reader.batches.stream()
                .flatMap(batch -> batch.marks().stream())
                .filter(TailMark.Gap.class::isInstance)
                .map(TailMark.Gap.class::cast)
                .toList();
    }

    /** Lines that are written between two reads are no sign of damage. */
    @Test
    void pagesOfALogThatIsBeingWrittenAreComplete() {
        real.run("web", "i=0; while :; do i=$((i+1)); echo $i; done");
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> page(ReadLogs.newest("web", 2_000)).lines().count() == 2_000);

        for (int round = 0; round < 50; round++) {
            LogPage page = page(ReadLogs.newest("web", 100));
            assertThat(page.incomplete()).isNull();
            assertThat(page.lines().count()).isEqualTo(100);
        }
        real.removeContainers();
    }

    /** The file of a stopped container, with NUL bytes before some of its lines, which become unreadable with them. */
    private void storeDamagedAt(int... lines) throws IOException {
        store();
        damage(logFile(), lines);
    }

    private void store(String... options) {
        runToEnd("web", "seq 1 " + STORED, options);
        awaitStored("web", Integer.toString(STORED));
    }

    private static void damage(Path file, int... lines) throws IOException {
        String log = Files.readString(file, ISO_8859_1);
        for (int line : lines) {
            int at = log.indexOf("{\"log\":\"" + line + "\\");
            log = log.substring(0, at) + "\0".repeat(100_000) + log.substring(at);
        }
        Files.writeString(file, log, ISO_8859_1);
    }

    /** Whether the engine is 23.0 or newer. */
    private boolean reportsDamage() {
        String version = real.docker("version", "--format", "{{.Server.APIVersion}}");
        return Integer.parseInt(version.substring(version.indexOf('.') + 1)) >= 42;
    }

    private Path logFile() {
        return Path.of(real.docker("inspect", "--format", "{{.LogPath}}", "web"));
    }
}
