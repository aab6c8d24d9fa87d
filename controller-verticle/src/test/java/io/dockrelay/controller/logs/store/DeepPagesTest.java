package io.dockrelay.controller.logs.store;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.IntFunction;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.dockrelay.controller.logs.tail.LogsOnRealEngine;
import io.dockrelay.controller.testing.MeteredEngine;
import io.dockrelay.controller.testing.Waiting;
import io.dockrelay.docker.DockerEngine;
import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.logs.LogPage;
import io.dockrelay.protocol.logs.ReadLogs;
import io.dockrelay.protocol.logs.ReadLogs.Anchor;

import static org.assertj.core.api.Assertions.assertThat;

/** Pages far from both ends of a large store. */
@OnRealEngine
class DeepPagesTest extends LogsOnRealEngine {

    private static final int STORED = 600_000;
    private static final Instant BEGIN = Instant.parse("2026-11-23T06:00:00.000Z");

    /** Null until deployed. */
    private MeteredEngine metered;

    DeepPagesTest(TestEngine real) {
        super(real);
    }

    @Override
    public DockerEngine engine(DockerEngine itself) {
        metered = new MeteredEngine(itself);
        return metered;
    }

    /** As dockerd stores it: a line every ten milliseconds. */
    @BeforeEach
    void store() throws IOException {
        store(DeepPagesTest::time);
    }

    private void store(IntFunction<String> time) throws IOException {
        real.removeContainers();
        runToEnd("web", "true");
        Path file = Path.of(real.docker("inspect", "--format", "{{.LogPath}}", "web"));
        try (var log = new PrintWriter(Files.newBufferedWriter(file))) {
            for (int number = 1; number <= STORED; number++) {
                log.printf("{\"log\":\"%d\\n\",\"stream\":\"stdout\",\"time\":\"%s\"}%n", number, time.apply(number));
            }
        }
    }

    @Test
    void pagesAroundATimeCostTheEngineLittleWhereverTheyAre() {
        for (int number : List.of(20_000, 150_000, 300_000, 450_000, 590_000)) {
            metered.reset();

            LogPage page = page(new ReadLogs("web", Anchor.AROUND, time(number), null, null, 100));

            assertThat(texts(page)).isEqualTo(numbers(number - 50, number + 49));
            assertThat(page.anchored()).isTrue();
            assertThat(metered.bytes.get())
                    .as("bytes of the page around line %d", number)
                    .isLessThan(3 << 20);
        }
    }

    @Test
    void pagesBesideADeepPositionAreNoDearer() {
        LogPage page = page(new ReadLogs("web", Anchor.AROUND, time(300_000), null, null, 100));
        metered.reset();

        LogPage before = page(new ReadLogs("web", Anchor.BEFORE, page.first(), null, null, 100));
        LogPage after = page(new ReadLogs("web", Anchor.AFTER, page.cursor(), null, null, 100));

        assertThat(texts(before)).isEqualTo(numbers(299_850, 299_949));
        assertThat(texts(after)).isEqualTo(numbers(300_050, 300_149));
        assertThat(metered.bytes.get()).isLessThan(6 << 20);
    }

    /** The newest 100,000 lines were written within a tenth of a second. */
    @Test
    void pageBeforeABurstCostsLittle() throws IOException {
        store(number -> number <= 500_000 ? time(number) : burst(number));
        metered.reset();

        LogPage page = page(new ReadLogs("web", Anchor.AROUND, time(495_000), null, null, 100));

        assertThat(texts(page)).isEqualTo(numbers(494_950, 495_049));
        assertThat(metered.bytes.get()).isLessThan(10 << 20);
    }

    @Test
    void pagesAfterPositionsNearTheStartAreReadFromThere() {
        LogPage page = page(new ReadLogs("web", Anchor.AFTER, Instant.EPOCH.toString(), null, null, 1_000));
        metered.reset();

        LogPage after = page(new ReadLogs("web", Anchor.AFTER, page.cursor(), null, null, 100));

        assertThat(texts(after)).isEqualTo(numbers(1_001, 1_100));
        assertThat(after.anchored()).isTrue();
        assertThat(metered.bytes.get()).isLessThan(6 << 20);
    }

    @Test
    void newestLinesBeforeAnOldEndAreSearchedToo() {
        metered.reset();

        LogPage page = page(new ReadLogs("web", Anchor.NEWEST, null, null, time(300_000), 100));

        assertThat(texts(page)).isEqualTo(numbers(299_900, 299_999));
        assertThat(metered.bytes.get()).isLessThan(17 << 20);
    }

    @Test
    void oldestLinesAreOneReadFromTheStart() {
        metered.reset();

        LogPage page = page(new ReadLogs("web", Anchor.AFTER, Instant.EPOCH.toString(), null, null, 100));

        assertThat(texts(page)).isEqualTo(numbers(1, 100));
        assertThat(metered.bytes.get()).isLessThan(1 << 20);
    }

    /** The lines that were read are far from the page's anchor. */
    @Test
    void readByTimeThatIsCutBeforeTheAnchorIsNoPage() {
        var range = new RangeRead(vertx, metered, real.docker("inspect", "--format", "{{.Id}}", "web"));
        PageQuery query = PageQuery.of(new ReadLogs("web", Anchor.AROUND, time(300_000), null, null, 100));
        var bounds = new StoreRead.Bounds(1 << 20, Duration.ofSeconds(30));

        Throwable failure = Waiting.failure(range.read(query, new ReadRanges(query, false).byTime(), bounds));

        assertThat(Refusal.is(RefusalKind.TIMED_OUT, failure)).isTrue();
    }

    private static String burst(int number) {
        return BEGIN.plusMillis(5_000_000)
                .plusNanos(1_000L * (number - 500_000))
                .toString();
    }

    private static String time(int number) {
        return BEGIN.plusMillis(10L * number).toString();
    }
}
