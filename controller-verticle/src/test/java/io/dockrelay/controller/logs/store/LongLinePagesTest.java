package io.dockrelay.controller.logs.store;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.vertx.core.Future;
import org.junit.jupiter.api.Test;

import io.dockrelay.controller.logs.tail.LogsOnRealEngine;
import io.dockrelay.controller.testing.MeteredEngine;
import io.dockrelay.controller.testing.Settings;
import io.dockrelay.controller.testing.Waiting;
import io.dockrelay.docker.DockerEngine;
import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.logs.LogPage;
import io.dockrelay.protocol.logs.ReadLogs;
import io.dockrelay.protocol.logs.ReadLogs.Anchor;

import static org.assertj.core.api.Assertions.assertThat;

/** Pages of logs whose lines are very long: the engine's work for each is bounded. */
@OnRealEngine
class LongLinePagesTest extends LogsOnRealEngine {

    private static final int LINES = 150;
    private static final long MIB = 1 << 20;

    /** Null until deployed. */
    private MeteredEngine metered;

    LongLinePagesTest(TestEngine real) {
        super(real);
    }

    @Override
    public DockerEngine engine(DockerEngine itself) {
        metered = new MeteredEngine(itself);
        return metered;
    }

    @Test
    void newestPageReadsAFewMegabytesAndPagingGoesOnFromIt() {
        printLongLines();

        LogPage newest = page(ReadLogs.newest("huge", 5_000));

        assertThat(metered.bytes.get()).isLessThan(12 * MIB);
        assertThat(newest.lines().size())
                .isGreaterThan((int) (3 * MIB - MIB / 2))
                .isLessThan((int) (4 * MIB));
        assertThat(newest.moreBefore()).isTrue();
        assertThat(newest.moreAfter()).isFalse();
        List<Integer> read = new ArrayList<>(numbers(newest));
        LogPage page = newest;
        for (int i = 0; i < 2; i++) {
            page = page(new ReadLogs("huge", Anchor.BEFORE, page.first(), null, null, 5_000));
            assertThat(page.anchored()).isTrue();
            read.addAll(0, numbers(page));
        }
        assertThat(read)
                .isEqualTo(IntStream.rangeClosed(LINES - read.size() + 1, LINES)
                        .boxed()
                        .toList());
    }

    @Test
    void backlogUpToAPositionReadsAFewMegabytes() {
        printLongLines();
        String position = page(ReadLogs.newest("huge", 1)).cursor();
        metered.reset();

        LogPage page = page(new ReadLogs("huge", Anchor.THROUGH, position, null, null, 5_000));

        assertThat(metered.bytes.get()).isLessThan(12 * MIB);
        assertThat(numbers(page).getLast()).isEqualTo(LINES);
        assertThat(page.moreBefore()).isTrue();
    }

    @Test
    void equalPagesAreReadOnceAndASmallLogBesideThem() {
        printLongLines();
        real.run("small", "seq 1 20; sleep 1000");
        LogPage alone = page(ReadLogs.newest("small", 100));
        assertThat(texts(alone)).hasSize(20);
        metered.reset();
        List<Future<LogPage>> huge = new ArrayList<>();
        for (int reader = 0; reader < 8; reader++) {
            huge.add(ask(ReadLogs.newest("huge", 5_000)));
        }

        LogPage small = page(ReadLogs.newest("small", 100));

        assertThat(texts(small)).isEqualTo(texts(alone));
        huge.forEach(page -> assertThat(numbers(Waiting.await(page)).getLast()).isEqualTo(LINES));
        // One for those that came before it began, one for those that came later, and that of the small log with a
        // check.
        assertThat(metered.queries).hasSizeLessThanOrEqualTo(2 + 2);
    }

    @Test
    void shortLinesBeforeLongOnesAreOnThePage() {
        runToEnd("mixed", "seq 1 3000; for i in 1 2; do head -c 900000 /dev/zero | tr '\\0' x; echo; done; seq 1 600");

        LogPage page = page(ReadLogs.newest("mixed", 5_000));

        assertThat(page.lines().count()).isEqualTo(3_602);
        assertThat(page.moreBefore()).isFalse();
    }

    @Test
    void lineThatIsLongerThanAPageIsCutAndFound() {
        runToEnd("web", "echo before; head -c 20000000 /dev/zero | tr '\\0' x; echo; echo after");

        LogPage newest = page(ReadLogs.newest("web", 5_000));
        assertThat(texts(newest)).endsWith("after");
        assertThat(newest.moreBefore()).isTrue();
        LogPage older = page(new ReadLogs("web", Anchor.BEFORE, newest.first(), null, null, 5_000));

        assertThat(texts(older).getLast()).startsWith("xxx").contains("cut by Dockrelay");
        LogPage first = page(new ReadLogs("web", Anchor.BEFORE, older.cursor(), null, null, 5_000));
        assertThat(texts(first)).containsExactly("before");
    }

    /** The newest lines are short, so a larger read is tried, and is given up when it turns out to be too large. */
    @Test
    void pageWhoseOlderLinesAreLongHasTheNewestOnes() {
        runToEnd("web", "for i in $(seq 1 2500); do head -c 15000 /dev/zero | tr '\\0' x; echo; done; seq 1 600");

        LogPage page = page(ReadLogs.newest("web", 5_000));

        assertThat(metered.bytes.get()).isLessThan(40 * MIB);
        assertThat(texts(page)).hasSizeGreaterThan(500).endsWith("599", "600");
        assertThat(page.moreBefore()).isTrue();
        LogPage before = page(new ReadLogs("web", Anchor.BEFORE, page.first(), null, null, 500));
        assertThat(before.anchored()).isTrue();
        assertThat(before.lines().isEmpty()).isFalse();
    }

    private void printLongLines() {
        runToEnd(
                "huge",
                "for i in $(seq 1 " + LINES + "); do printf $i; head -c 1000000 /dev/zero | tr '\\0' x; echo; done");
    }

    private Future<LogPage> ask(ReadLogs request) {
        return Bus.of(vertx).ask(Addresses.readLogs(Settings.CONTROLLER), request);
    }

    /** Each line is whole: its number, and a million letters. */
    private static List<Integer> numbers(LogPage page) {
        return texts(page).stream()
                .map(text -> {
                    int digits = text.indexOf('x');
                    assertThat(text).hasSize(digits + 1_000_000);
                    return Integer.parseInt(text.substring(0, digits));
                })
                .toList();
    }
}
