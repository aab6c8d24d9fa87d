package io.dockrelay.controller.logs.tail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.junit.jupiter.api.Test;

import io.dockrelay.controller.testing.Waiting;
import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.protocol.logs.BatchTaken;
import io.dockrelay.protocol.logs.GapReason;
import io.dockrelay.protocol.logs.LogBatch;
import io.dockrelay.protocol.logs.LogPage;
import io.dockrelay.protocol.logs.ReadLogs;
import io.dockrelay.protocol.logs.TailFrom;
import io.dockrelay.protocol.logs.TailMark;

import static org.assertj.core.api.Assertions.assertThat;

/** A tail runs at the pace of its reader, and ends with it. */
@OnRealEngine
class BackPressureTest extends LogsOnRealEngine {

    private static final String FLOOD = "mkfifo /tmp/go; read x < /tmp/go; seq 1 30000; sleep 1000";

    BackPressureTest(TestEngine real) {
        super(real);
    }

    @Test
    void oneBatchIsSentAtATime() {
        var under = new AtomicInteger();
        var most = new AtomicInteger();
        real.run("web", FLOOD);
        TestReader reader = reader();
        reader.verdict = batch -> {
            most.accumulateAndGet(under.incrementAndGet(), Math::max);
            Promise<BatchTaken> taken = Promise.promise();
            vertx.runOnContext(turn -> {
                int left = under.decrementAndGet();
                assert left >= 0;
                taken.complete(BatchTaken.CONTINUE);
            });
            return taken.future();
        };
        reader.open("web", 1);
        go();
        reader.awaitLines(30_000);
        assertThat(most).hasValue(1);
        assertThat(numbers(reader))
                .isEqualTo(IntStream.rangeClosed(1, 30_000).boxed().toList());
    }

    @Test
    void waitingReaderIsAskedAgainAndMissesNothing() {
        var waits = new AtomicInteger(3);
        real.run("web", FLOOD);
        TestReader reader = reader();
        reader.verdict = batch -> Future.succeededFuture(
                batch.sequence() > 2 && waits.getAndDecrement() > 0 ? BatchTaken.WAIT : BatchTaken.CONTINUE);
        reader.open("web", 1);
        go();
        reader.awaitLines(30_000);
        assertThat(reader.batches.stream().filter(batch -> batch.sequence() > 3).limit(3))
                .allSatisfy(batch -> assertThat(batch.lines().isEmpty()).isTrue());
        assertThat(numbers(reader))
                .isEqualTo(IntStream.rangeClosed(1, 30_000).boxed().toList());
    }

    @Test
    void readerThatJumpsGetsAGapThatCanBeFetched() {
        real.run("web", FLOOD);
        TestReader reader = reader();
        Promise<BatchTaken> held = Promise.promise();
        reader.verdict = batch -> batch.sequence() == 2 ? held.future() : Future.succeededFuture(BatchTaken.CONTINUE);
        reader.open("web", 1);
        go();
        reader.await("the third batch", () -> reader.batches.size() == 3);
        awaitStored("web", "30000");
        held.complete(BatchTaken.JUMP);
        reader.awaitText("30000");

        TailMark.Gap gap = reader.gap();
        assertThat(gap.reason()).isEqualTo(GapReason.SLOW_CLIENT);
        List<Integer> got = numbers(reader);
        int last = got.get(got.size() - 2);
        assertThat(got.getLast()).isEqualTo(30_000);
        LogPage missing = page(new ReadLogs("web", ReadLogs.Anchor.AFTER, gap.from(), null, null, 1));
        assertThat(missing.lines().lines().getFirst()).endsWith(" " + (last + 1));
        LogPage end = page(new ReadLogs("web", ReadLogs.Anchor.BEFORE, gap.to(), null, null, 1));
        assertThat(end.lines().lines().getFirst()).endsWith(" 29999");
    }

    @Test
    void stalledReaderContinuesWhereItStopped() {
        real.run("web", FLOOD);
        TestReader reader = reader();
        var stalled = new AtomicInteger(1);
        reader.verdict = batch -> Future.succeededFuture(
                batch.sequence() >= 2 && stalled.get() == 1 ? BatchTaken.WAIT : BatchTaken.CONTINUE);
        reader.open("web", 1);
        go();
        long asked = 33_000 / 500;
        org.awaitility.Awaitility.await()
                .atMost(java.time.Duration.ofSeconds(45))
                .until(() -> reader.batches.size() > asked);
        stalled.set(0);
        reader.awaitLines(30_000);
        assertThat(numbers(reader))
                .isEqualTo(IntStream.rangeClosed(1, 30_000).boxed().toList());
    }

    @Test
    void tailEndsWhenItsReaderClosesOrIsGone() {
        real.run("web", "while :; do echo x; sleep 0.05; done");
        TestReader closes = reader().open("web", 1);
        TestReader leaves = reader().open("web", 1);
        TestReader asked = reader().open("web", 1);
        awaitTails(3);
        closes.verdict = batch -> Future.succeededFuture(BatchTaken.CLOSE);
        awaitTails(2);
        leaves.leave();
        awaitTails(1);
        asked.close();
        awaitTails(0);
    }

    @Test
    void twoHundredTailsLeaveNothingOpen() throws IOException {
        real.run("web", "while :; do echo x; sleep 0.2; done");
        reader().open("web", 5).close();
        awaitTails(0);
        // Connections for commands are pooled, 16 at most.
        long before = connections() + 16;
        for (int round = 0; round < 10; round++) {
            List<TestReader> readers =
                    IntStream.range(0, 20).mapToObj(i -> reader()).toList();
            List<? extends Future<?>> opened = readers.stream()
                    .map(reader -> reader.tryOpen("web", new TailFrom.Lines(5), false))
                    .toList();
            Waiting.await(Future.all(opened));
            readers.forEach(TestReader::close);
        }
        awaitTails(0);
        assertThat(vertx.deploymentIDs()).hasSize(2);
        org.awaitility.Awaitility.await("no stream is left but the watcher's and pooled connections")
                .until(() -> connections() <= before);
    }

    @Test
    void newLineIsSentAtOnce() {
        real.run("web", "mkfifo /tmp/go; while read x < /tmp/go; do echo $x; done; sleep 1000");
        TestReader reader = reader().open("web", 1);
        reader.await("the snapshot", () -> !reader.batches.isEmpty());
        real.docker("exec", "web", "sh", "-c", "echo one > /tmp/go");
        reader.awaitText("one");
        LogBatch only = reader.batches.getLast();
        assertThat(only.lines().count()).isEqualTo(1);
    }

    /** Open connections to the engine's socket as the kernel counts them, both ends of each. */
    private long connections() throws IOException {
        try (Stream<String> sockets = Files.lines(Path.of("/proc/net/unix"))) {
            return sockets.filter(line -> line.endsWith(" " + real.socket())).count();
        }
    }

    private void go() {
        real.docker("exec", "web", "sh", "-c", "echo > /tmp/go");
    }

    private static List<Integer> numbers(TestReader reader) {
        return reader.texts().stream().map(Integer::valueOf).toList();
    }
}
