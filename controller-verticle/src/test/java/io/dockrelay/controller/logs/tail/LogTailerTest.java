package io.dockrelay.controller.logs.tail;

import java.util.List;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import io.dockrelay.controller.logs.entries.DockerTimestamp;
import io.dockrelay.controller.testing.Waiting;
import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.logs.LogBatch;
import io.dockrelay.protocol.logs.LogStateKind;
import io.dockrelay.protocol.logs.ReadLogs;
import io.dockrelay.protocol.logs.Resumption;
import io.dockrelay.protocol.logs.TailFrom;

import static org.assertj.core.api.Assertions.assertThat;

/** What a tail delivers, for each kind of text and container. */
@OnRealEngine
class LogTailerTest extends LogsOnRealEngine {

    private static final String STAY = "; trap 'exit 0' TERM; while :; do sleep 1000 & wait; done";

    LogTailerTest(TestEngine real) {
        super(real);
    }

    @Test
    void snapshotIsFollowedByLiveLines() {
        real.run("web", "mkfifo /tmp/go; for i in 1 2 3 4 5; do echo old $i; done; read x < /tmp/go; echo new" + STAY);
        awaitStored("web", "old 5");
        TestReader reader = reader().open("web", 3);
        reader.awaitLines(1);
        LogBatch first = reader.batches.getFirst();
        real.docker("exec", "web", "sh", "-c", "echo > /tmp/go");
        reader.awaitText("new");

        assertThat(first.isSnapshot()).isTrue();
        assertThat(first.container()).isEqualTo("web");
        assertThat(reader.texts()).containsExactly("old 3", "old 4", "old 5", "new");
        assertThat(first.moreBefore()).isTrue();
        assertThat(first.cursor()).isNotNull();
        assertThat(reader.batches)
                .extracting(LogBatch::sequence)
                .isEqualTo(IntStream.range(0, reader.batches.size())
                        .mapToObj(Long::valueOf)
                        .toList());
        reader.close();
        awaitTails(0);
    }

    @Test
    void textOfEachKindArrivesUnchanged() {
        String script = "printf 'plain\\n\\n\\033[31mred\\033[0m\\na\\000b\\nbad \\377\\376 utf\\nt\\tq\"b\\\\\\n'; "
                + "printf 'p1\\rp2\\rp3\\n'; printf 'no newline'";
        runToEnd("kinds", script);
        TestReader reader = reader().open("kinds", 100);
        reader.awaitState(LogStateKind.STOPPED);
        assertThat(reader.texts())
                .containsExactly(
                        "plain",
                        "",
                        "\u001b[31mred\u001b[0m",
                        "a\u0000b",
                        "bad \uFFFD\uFFFD utf",
                        "t\tq\"b\\",
                        "p1\rp2\rp3",
                        "no newline");
        assertThat(reader.states().getLast().message()).contains("exit code 0");
    }

    @Test
    void linesOfATerminalHaveNoCarriageReturn() {
        runToEnd(
                "tty",
                "echo one; echo; echo two; head -c 40000 /dev/zero | tr '\\0' t; echo; printf 'prompt> '",
                "--tty");
        real.docker("start", "tty");
        real.awaitExit("tty");
        TestReader reader = reader().open("tty", 100);
        reader.awaitState(LogStateKind.STOPPED);
        List<String> run = List.of("one", "", "two", "t".repeat(40_000), "prompt> ");
        List<String> twice = new java.util.ArrayList<>(run);
        twice.addAll(run);
        assertThat(reader.texts()).isEqualTo(twice);
    }

    @Test
    void lineOfOneMebibyteIsWholeLiveAndStored() {
        real.run(
                "big",
                "mkfifo /tmp/go; echo first; read x < /tmp/go; head -c 1048576 /dev/zero | tr '\\0' m; echo; echo last"
                        + STAY);
        TestReader reader = reader().open("big", 100);
        reader.awaitText("first");
        real.docker("exec", "big", "sh", "-c", "echo > /tmp/go");
        reader.awaitText("last");
        assertThat(reader.texts()).containsExactly("first", "m".repeat(1 << 20), "last");
        TestReader second = reader().open("big", 2);
        second.awaitText("last");
        assertThat(second.texts()).containsExactly("m".repeat(1 << 20), "last");
    }

    @Test
    void floodArrivesOnceAndInOrder() {
        real.run("flood", "mkfifo /tmp/go; read x < /tmp/go; seq 1 100000; echo done" + STAY);
        TestReader reader = reader().open("flood", 10);
        reader.await("the snapshot", () -> !reader.batches.isEmpty());
        real.docker("exec", "flood", "sh", "-c", "echo > /tmp/go");
        reader.awaitLines(100_001);
        assertThat(reader.texts())
                .isEqualTo(java.util.stream.Stream.concat(
                                IntStream.rangeClosed(1, 100_000).mapToObj(Integer::toString),
                                java.util.stream.Stream.of("done"))
                        .toList());
        assertThat(reader.batches)
                .allSatisfy(batch -> assertThat(batch.lines().count()).isLessThanOrEqualTo(256));
    }

    @Test
    void bothStreamsKeepTheirLettersAndOrder() {
        runToEnd("mixed", "for i in $(seq 1 300); do echo out $i; echo err $i >&2; done");
        TestReader reader = reader().open("mixed", 1000);
        reader.awaitState(LogStateKind.STOPPED);
        assertThat(reader.texts().stream().filter(text -> text.startsWith("out")))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 300).mapToObj(i -> "out " + i).toList());
        assertThat(reader.texts().stream().filter(text -> text.startsWith("err")))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 300).mapToObj(i -> "err " + i).toList());
        var lines = reader.batches.getFirst().lines();
        for (int i = 0; i < lines.count(); i++) {
            assertThat((char) lines.streams()[i]).isEqualTo(lines.lines().get(i).charAt(DockerTimestamp.LENGTH));
        }
    }

    @Test
    void progressBarsDoNotWaitForANewline() {
        String progress = "i=0; while [ $i -lt 3000 ]; do printf 'frame=%08d fps=30\\r' $i; i=$((i+1)); done";
        real.run("bar", progress + STAY);
        TestReader reader = reader().open("bar", 10);
        reader.awaitLines(3);
        assertThat(String.join("", reader.texts())).startsWith("frame=00000000 fps=30\rframe=00000001");
    }

    @Test
    void unreadableLogDriverIsReported() {
        real.run("silent", "echo x" + STAY, "--log-driver", "none");
        TestReader reader = reader().open("silent", 10);
        reader.awaitState(LogStateKind.UNREADABLE);
        assertThat(reader.batches.getFirst().lines().isEmpty()).isTrue();
        assertThat(reader.states().getFirst().message()).contains("does not support reading");
    }

    @Test
    void containerThatNeverStartedIsEmptyAndFollowedWhenStarted() {
        real.docker("create", "--network", "none", "--name", "later", TestEngine.IMAGE, "sh", "-c", "echo hello");
        TestReader reader = reader().open("later", 10);
        reader.await("the snapshot", () -> !reader.batches.isEmpty());
        assertThat(reader.batches.getFirst().cursor()).isNull();
        real.docker("start", "later");
        reader.awaitState(LogStateKind.STOPPED);
        assertThat(reader.seen()).containsExactly("<following>", "hello", "<stopped>");
    }

    @Test
    void zeroLinesGiveOnlyThePosition() {
        runToEnd("web", "seq 1 5");
        TestReader reader = reader().open("web", 0);
        reader.awaitState(LogStateKind.STOPPED);
        LogBatch first = reader.batches.getFirst();
        assertThat(first.lines().isEmpty()).isTrue();
        assertThat(first.moreBefore()).isTrue();
        assertThat(first.cursor()).isEqualTo(page(ReadLogs.newest("web", 1)).cursor());
        assertThat(reader.texts()).isEmpty();
    }

    @Test
    void tailContinuesRightAfterACursor() {
        runToEnd("web", "seq 1 3000");
        String cursor = page(ReadLogs.newest("web", 1000)).first();
        TestReader reader = reader();
        Waiting.await(reader.tryOpen("web", new TailFrom.After(cursor), false));
        reader.awaitState(LogStateKind.STOPPED);
        assertThat(reader.batches.getFirst().resumption()).isEqualTo(Resumption.RESUMED);
        assertThat(reader.texts())
                .isEqualTo(IntStream.rangeClosed(2002, 3000)
                        .mapToObj(Integer::toString)
                        .toList());
    }

    @Test
    void cursorOfARemovedLogGivesAGap() {
        runToEnd("web", "seq 1 3");
        String cursor = page(ReadLogs.newest("web", 1)).cursor();
        real.docker("rm", "web");
        runToEnd("web", "seq 4 6");
        TestReader reader = reader();
        Waiting.await(reader.tryOpen("web", new TailFrom.After(cursor), false));
        reader.awaitState(LogStateKind.STOPPED);
        assertThat(reader.batches.getFirst().resumption()).isEqualTo(Resumption.NOT_RESUMED);
        assertThat(reader.seen()).startsWith("<gap removed>");
    }

    @Test
    void subscriptionByIdGetsTheName() {
        real.run("web", "echo x" + STAY);
        String id = real.docker("inspect", "--format", "{{.Id}}", "web");
        assertThat(Waiting.await(reader().tryOpen(id.substring(0, 12), new TailFrom.Lines(1), false))
                        .name())
                .isEqualTo("web");
    }

    @Test
    void containerOfAnEngineThatDoesNotAnswerIsNotCalledUnknown() {
        real.stop();

        Throwable refused = Waiting.failure(reader().tryOpen("web", new TailFrom.Lines(5), false));

        assertThat(((Refusal) refused).kind()).isEqualTo(RefusalKind.ENGINE_UNAVAILABLE);
        assertThat(refused).hasMessageContaining(real.socket().toString());
    }

    @Test
    void unknownContainersAreRefusedOrWaitedFor() {
        Throwable refused = Waiting.failure(reader().tryOpen("nobody", new TailFrom.Lines(5), false));
        assertThat(((Refusal) refused).kind()).isEqualTo(RefusalKind.NO_SUCH_CONTAINER);
        TestReader reader = reader();
        Waiting.await(reader.tryOpen("nobody", new TailFrom.Lines(5), true));
        reader.awaitState(LogStateKind.WAITING);
        real.run("nobody", "echo here I am" + STAY);
        reader.awaitText("here I am");
        assertThat(reader.seen()).containsExactly("<waiting>", "<following>", "here I am");
    }

    @Test
    void awaitedContainerThatIsStartedLaterIsFollowedOnce() {
        TestReader reader = reader();
        Waiting.await(reader.tryOpen("late", new TailFrom.Lines(5), true));
        reader.awaitState(LogStateKind.WAITING);
        real.docker(
                "create", "--network", "none", "--name", "late", TestEngine.IMAGE, "sh", "-c", "echo here I am" + STAY);
        Awaitility.await("the created container is known")
                .until(() -> reader().tryOpen("late", new TailFrom.Lines(5), false)
                        .toCompletionStage()
                        .toCompletableFuture()
                        .handle((opened, refused) -> refused == null)
                        .get());

        real.docker("start", "late");

        reader.awaitText("here I am");
        assertThat(reader.seen()).containsExactly("<waiting>", "<following>", "here I am");
    }
}
