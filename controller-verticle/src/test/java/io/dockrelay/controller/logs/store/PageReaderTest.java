package io.dockrelay.controller.logs.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.vertx.core.Future;
import org.junit.jupiter.api.Test;

import io.dockrelay.controller.logs.tail.LogsOnRealEngine;
import io.dockrelay.controller.logs.tail.TailSupervisor;
import io.dockrelay.controller.testing.Settings;
import io.dockrelay.controller.testing.Waiting;
import io.dockrelay.docker.DockerEngine;
import io.dockrelay.docker.DockerHosts;
import io.dockrelay.docker.HttpDockerEngine;
import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.AskContainers;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.ContainersSnapshot;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.logs.Cursor;
import io.dockrelay.protocol.logs.LogPage;
import io.dockrelay.protocol.logs.ReadLogs;
import io.dockrelay.protocol.logs.ReadLogs.Anchor;
import io.dockrelay.protocol.logs.Waypoint;

import static org.assertj.core.api.Assertions.assertThat;

/** Pages of a stored log, by every anchor. */
@OnRealEngine
class PageReaderTest extends LogsOnRealEngine {

    PageReaderTest(TestEngine real) {
        super(real);
    }

    @Test
    void pagesByEveryAnchor() {
        runToEnd("web", "seq 1 2000");
        LogPage newest = page(ReadLogs.newest("web", 10));
        assertThat(texts(newest)).isEqualTo(numbers(1991, 2000));
        assertThat(newest.moreBefore()).isTrue();
        assertThat(newest.moreAfter()).isFalse();

        LogPage before = page(at(Anchor.BEFORE, newest.first(), 100));
        assertThat(texts(before)).isEqualTo(numbers(1891, 1990));
        assertThat(before.moreAfter()).isTrue();
        assertThat(texts(page(at(Anchor.AFTER, before.cursor(), 100)))).isEqualTo(numbers(1991, 2000));
        assertThat(texts(page(at(Anchor.THROUGH, before.cursor(), 3)))).isEqualTo(numbers(1988, 1990));
        assertThat(texts(page(at(Anchor.AROUND, before.cursor(), 4)))).isEqualTo(numbers(1988, 1991));
        String moment = before.lines().timestamp(0);
        assertThat(texts(page(at(Anchor.AROUND, moment, 2)))).isEqualTo(numbers(1890, 1891));
    }

    /** The engine's events report it a moment later. */
    @Test
    void containerThatHasJustReplacedAnotherIsRead() {
        runToEnd("web", "echo old");
        Bus bus = Bus.of(vertx);
        var watched = Addresses.containers(Settings.CONTROLLER);
        ContainersSnapshot before = Waiting.await(bus.ask(watched, new AskContainers(true)));
        Waiting.await(bus.answer(
                        Addresses.containers("edge-2"),
                        question -> question.fresh() ? bus.ask(watched, question) : Future.succeededFuture(before))
                .ready());
        DockerEngine engine = new HttpDockerEngine(vertx, DockerHosts.discover(Map.of("DOCKER_HOST", real.host())));
        Waiting.await(vertx.deployVerticle(new TailSupervisor(engine, "edge-2", limits())));
        real.docker("rm", "web");
        runToEnd("web", "echo new");

        LogPage page = Waiting.await(bus.ask(Addresses.readLogs("edge-2"), ReadLogs.newest("web", 10)));

        assertThat(texts(page)).containsExactly("new");
    }

    @Test
    void pagesBackwardsHoldEachLineOnce() {
        runToEnd(
                "web",
                "for i in $(seq 1 700); do echo $i; echo $i >&2; done; head -c 50000 /dev/zero | tr '\\0' x; echo");
        LogPage page = page(ReadLogs.newest("web", 60));
        List<String> all = new ArrayList<>(page.lines().lines());
        while (page.moreBefore()) {
            page = page(at(Anchor.BEFORE, page.first(), 60));
            assertThat(page.anchored()).isTrue();
            all.addAll(0, page.lines().lines());
        }
        assertThat(all).isEqualTo(page(ReadLogs.newest("web", 5000)).lines().lines());
        assertThat(all).hasSize(1401);
    }

    @Test
    void pagesForwardsHoldEachLineOnce() {
        runToEnd("web", "for i in $(seq 1 300); do echo $i; head -c 30000 /dev/zero | tr '\\0' a; echo; done");
        LogPage page = page(at(Anchor.AFTER, "2000-01-01T00:00:00.000000000Z", 45));
        List<String> all = new ArrayList<>(texts(page));
        assertThat(page.moreBefore()).isFalse();
        while (page.moreAfter()) {
            page = page(at(Anchor.AFTER, page.cursor(), 45));
            assertThat(page.moreBefore()).isTrue();
            all.addAll(texts(page));
        }
        assertThat(all).hasSize(600);
        assertThat(all.getFirst()).isEqualTo("1");
        assertThat(all.get(598)).isEqualTo("300");
    }

    @Test
    void positionFarBackInALargeStoreIsFound() {
        runToEnd("web", "seq 1 400000");
        LogPage first = page(at(Anchor.AFTER, "2000-01-01T00:00:00.000000000Z", 1000));
        assertThat(texts(first)).isEqualTo(numbers(1, 1000));
        LogPage next = page(at(Anchor.AFTER, first.cursor(), 5));
        assertThat(texts(next)).isEqualTo(numbers(1001, 1005));
        assertThat(next.anchored()).isTrue();
        LogPage before = page(at(Anchor.BEFORE, first.cursor(), 5));
        assertThat(texts(before)).isEqualTo(numbers(995, 999));
        assertThat(before.moreAfter()).isTrue();
        LogPage through = page(at(Anchor.THROUGH, first.cursor(), 2));
        assertThat(texts(through)).isEqualTo(numbers(999, 1000));
    }

    @Test
    void pagesBetweenTwoCursorsHoldEachLineOnce() {
        runToEnd("web", "for i in $(seq 1 6000); do echo $i; [ $((i % 100)) = 0 ] && echo err $i >&2; done; true");
        List<String> all = new ArrayList<>();
        LogPage whole = page(at(Anchor.AFTER, "2000-01-01T00:00:00.000000000Z", 5000));
        String from =
                page(at(Anchor.AFTER, "2000-01-01T00:00:00.000000000Z", 10)).cursor();
        String to = page(ReadLogs.newest("web", 50)).first();
        LogPage page = page(new ReadLogs("web", Anchor.AFTER, from, null, null, 2000, to));
        all.addAll(texts(page));
        while (page.moreAfter()) {
            page = page(new ReadLogs("web", Anchor.AFTER, page.cursor(), null, null, 2000, to));
            all.addAll(texts(page));
        }
        List<String> stored = new ArrayList<>(texts(whole));
        stored.addAll(texts(page(at(Anchor.AFTER, whole.cursor(), 5000))));
        assertThat(stored).hasSize(6060);
        assertThat(all).isEqualTo(stored.subList(10, 6010));
    }

    /** With a time, an earlier position, or the same one as the end, the pages come to an end too. */
    @Test
    void pagesUpToAnyEndHaveALastOne() {
        runToEnd("web", "seq 1 100");
        LogPage tenth = page(at(Anchor.AFTER, page(ReadLogs.newest("web", 100)).first(), 9));
        LogPage twentieth = page(at(Anchor.AFTER, tenth.cursor(), 10));
        String from = tenth.cursor();
        String to = Cursor.decode(twentieth.cursor()).time();

        assertThat(allBetween(from, to)).isEqualTo(numbers(11, 19));
        assertThat(allBetween(to, from)).isEmpty();
        assertThat(allBetween(twentieth.cursor(), from)).isEmpty();
        assertThat(allBetween(from, from)).isEmpty();
    }

    /** The lines of at most 20 pages. */
    private List<String> allBetween(String from, String to) {
        List<String> all = new ArrayList<>();
        LogPage page = page(new ReadLogs("web", Anchor.AFTER, from, null, null, 5, to));
        all.addAll(texts(page));
        for (int pages = 1; page.moreAfter(); pages++) {
            assertThat(pages).isLessThan(20);
            page = page(new ReadLogs("web", Anchor.AFTER, page.cursor(), null, null, 5, to));
            all.addAll(texts(page));
        }
        return all;
    }

    @Test
    void rangeBetweenTwoCursorsExcludesBoth() {
        runToEnd("web", "seq 1 100");
        LogPage three = page(at(Anchor.AFTER, page(ReadLogs.newest("web", 100)).first(), 3));
        String from = page(ReadLogs.newest("web", 100)).first();
        LogPage none = page(new ReadLogs("web", Anchor.AFTER, from, null, null, 10, three.first()));
        assertThat(none.lines().isEmpty()).isTrue();
        assertThat(none.moreAfter()).isFalse();
        LogPage two = page(new ReadLogs("web", Anchor.AFTER, from, null, null, 10, three.cursor()));
        assertThat(texts(two)).containsExactly("2", "3");
        assertThat(two.moreAfter()).isFalse();
        assertThat(two.anchored()).isTrue();
    }

    @Test
    void pageThroughALineEndsWithIt() {
        runToEnd("web", "for i in $(seq 1 100); do echo $i; [ $((i % 10)) = 0 ] && echo err $i >&2; done; true");
        LogPage all = page(ReadLogs.newest("web", 200));
        LogPage thirty = page(at(Anchor.AFTER, all.first(), 30));
        LogPage through = page(ReadLogs.between("web", all.first(), thirty.cursor(), 500));
        assertThat(through.lines()).isEqualTo(thirty.lines());
        assertThat(through.cursor()).isEqualTo(thirty.cursor());
        assertThat(through.moreAfter()).isFalse();
        assertThat(page(ReadLogs.between("web", all.first(), thirty.cursor(), 29))
                        .moreAfter())
                .isTrue();
    }

    @Test
    void pageThroughALineThatIsNotInTheStoreHasNoEnd() {
        runToEnd("web", "seq 1 100");
        String from = page(ReadLogs.newest("web", 90)).first();
        Cursor there = Cursor.decode(page(ReadLogs.newest("web", 10)).first());
        String rotated = new Cursor(there.containerId(), there.timestamp(), 'o', 7, 0).encode();
        String elsewhere = new Cursor("ffffffffffff", there.timestamp(), 'o', there.hash(), 0).encode();
        String before = page(ReadLogs.newest("web", 95)).first();
        for (String through : List.of(rotated, elsewhere, before)) {
            LogPage page = page(ReadLogs.between("web", from, through, 500));
            assertThat(texts(page)).isEqualTo(numbers(12, 100));
            assertThat(page.anchored()).isTrue();
        }
    }

    @Test
    void endThatIsNotInTheStoreBoundsThePageByItsTime() {
        runToEnd("web", "seq 1 100");
        String from = page(ReadLogs.newest("web", 90)).first();
        Cursor there = Cursor.decode(page(ReadLogs.newest("web", 10)).first());
        String gone = new Cursor(there.containerId(), there.timestamp(), 'o', 7, 0).encode();
        String elsewhere = new Cursor("ffffffffffff", there.timestamp(), 'o', there.hash(), 0).encode();
        assertThat(texts(page(new ReadLogs("web", Anchor.AFTER, from, null, null, 500, gone))))
                .isEqualTo(numbers(12, 90));
        assertThat(texts(page(new ReadLogs("web", Anchor.AFTER, from, null, null, 500, elsewhere))))
                .isEqualTo(numbers(12, 90));
    }

    /** It is read to its end or not: nothing is between the two. */
    @Test
    void pageWhoseEndPrecedesItsAnchorIsEmptyAndHasNoMore() {
        runToEnd("web", "seq 1 100");
        String from = page(ReadLogs.newest("web", 10)).first();
        for (int back : List.of(11, 15, 95)) {
            String before = page(ReadLogs.newest("web", back)).first();
            LogPage page = page(new ReadLogs("web", Anchor.AFTER, from, null, null, 500, before));
            assertThat(texts(page)).isEmpty();
            assertThat(page.moreAfter()).isFalse();
            assertThat(page.anchored()).isTrue();
        }
    }

    @Test
    void waypointsCutAPageIntoFramesWithExactCursors() {
        runToEnd("web", "seq 1 600; for i in 1 2 3; do head -c 40000 /dev/zero | tr '\\0' a; echo; done; echo end");
        LogPage page = page(at(Anchor.AFTER, "2000-01-01T00:00:00.000000000Z", 1000));
        assertThat(page.waypoints()).extracting(Waypoint::lines).containsExactly(256, 512, 601, 602);
        for (Waypoint waypoint : page.waypoints()) {
            LogPage rest = page(at(Anchor.AFTER, waypoint.cursor(), 1000));
            assertThat(rest.lines())
                    .isEqualTo(page.lines().slice(waypoint.lines(), page.lines().count()));
        }
    }

    @Test
    void equalChunksAreDistinguished() {
        runToEnd("web", "echo begin; head -c 300000 /dev/zero | tr '\\0' a; echo; echo end");
        LogPage all = page(ReadLogs.newest("web", 10));
        LogPage line = page(at(Anchor.AFTER, all.first(), 1));
        assertThat(texts(line)).containsExactly("a".repeat(300_000));
        assertThat(Cursor.decode(line.cursor()).ordinal()).isZero();
        assertThat(texts(page(at(Anchor.AFTER, line.cursor(), 10)))).containsExactly("end");
        assertThat(texts(page(at(Anchor.BEFORE, line.cursor(), 10)))).containsExactly("begin");
    }

    /** Engines such as Podman give lines of one moment the same timestamp; Docker's stored log is written here by hand. */
    @Test
    void pagesBackwardsHoldEachOfAThousandEqualLinesOfOneMoment() throws IOException {
        runToEnd("web", "echo first");
        Path file = Path.of(real.docker("inspect", "--format", "{{.LogPath}}", "web"));
        String equal = Files.readString(file).replace("first", "same");
        Files.writeString(file, equal.repeat(1_000), StandardOpenOption.APPEND);

        LogPage page = page(ReadLogs.newest("web", 60));
        List<String> all = new ArrayList<>(texts(page));
        while (page.moreBefore()) {
            page = page(at(Anchor.BEFORE, page.first(), 60));
            all.addAll(0, texts(page));
        }

        assertThat(all).hasSize(1_001).startsWith("first");
    }

    @Test
    void limitZeroGivesOnlyThePosition() {
        runToEnd("web", "seq 1 10");
        LogPage page = page(ReadLogs.newest("web", 0));
        assertThat(page.lines().isEmpty()).isTrue();
        assertThat(page.first()).isNull();
        assertThat(page.moreBefore()).isTrue();
        assertThat(texts(page(at(Anchor.THROUGH, page.cursor(), 2)))).containsExactly("9", "10");
    }

    @Test
    void sinceAndUntilBoundThePage() {
        runToEnd("web", "seq 1 50");
        LogPage all = page(ReadLogs.newest("web", 100));
        LogPage some = page(new ReadLogs(
                "web",
                Anchor.NEWEST,
                null,
                all.lines().timestamp(9),
                all.lines().timestamp(20),
                100));
        assertThat(texts(some)).isEqualTo(numbers(11, 20));
    }

    @Test
    void positionOfAnotherContainerIsNotAnchored() {
        runToEnd("web", "seq 1 10");
        String old = page(ReadLogs.newest("web", 1)).cursor();
        real.docker("rm", "web");
        runToEnd("web", "seq 11 20");
        LogPage page = page(at(Anchor.AFTER, old, 100));
        assertThat(page.anchored()).isFalse();
        assertThat(texts(page)).isEqualTo(numbers(11, 20));
    }

    @Test
    void unreadableLogIsRefusedWithTheReason() {
        real.run("silent", "sleep 1000", "--log-driver", "none");
        real.docker("create", "--network", "none", "--name", "never", TestEngine.IMAGE, "true");
        assertThat(refusal(ReadLogs.newest("silent", 1))).isEqualTo(RefusalKind.UNREADABLE);
        assertThat(refusal(ReadLogs.newest("nobody", 1))).isEqualTo(RefusalKind.NO_SUCH_CONTAINER);
        assertThat(refusal(ReadLogs.newest("never", 5001))).isEqualTo(RefusalKind.BAD_REQUEST);
        assertThat(refusal(at(Anchor.BEFORE, "x", 5))).isEqualTo(RefusalKind.NO_SUCH_CONTAINER);
        LogPage empty = page(ReadLogs.newest("never", 5));
        assertThat(empty.lines().isEmpty()).isTrue();
        assertThat(empty.cursor()).isNull();
        assertThat(empty.moreBefore()).isFalse();
    }

    private RefusalKind refusal(ReadLogs request) {
        Throwable failure = Waiting.failure(Bus.of(vertx).ask(Addresses.readLogs(Settings.CONTROLLER), request));
        return ((Refusal) failure).kind();
    }

    private static ReadLogs at(Anchor anchor, String position, int limit) {
        return new ReadLogs("web", anchor, position, null, null, limit);
    }
}
