package io.dockrelay.controller.logs.tail;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.dockrelay.controller.logs.entries.DockerTimestamp;
import io.dockrelay.controller.testing.Waiting;
import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.protocol.logs.LogBatch;
import io.dockrelay.protocol.logs.LogStateKind;
import io.dockrelay.protocol.logs.TailFrom;
import io.dockrelay.protocol.logs.TailMark;

import static org.assertj.core.api.Assertions.assertThat;

/** A tail while its container stops, starts, is removed and re-created, and while the engine is away. */
@OnRealEngine
class TailLifecycleTest extends LogsOnRealEngine {

    /** Prints a line when it starts and when it ends. */
    private static final String SERVICE = "echo up; trap 'echo down; exit 3' TERM; while :; do sleep 1000 & wait; done";

    TailLifecycleTest(TestEngine real) {
        super(real);
    }

    @Test
    void stopAndStartWhileSubscribed() {
        real.run("web", SERVICE);
        TestReader reader = reader().open("web", 10);
        reader.awaitText("up");
        for (int i = 1; i <= 3; i++) {
            real.docker("stop", "web");
            reader.awaitStates(LogStateKind.STOPPED, i);
            real.docker("start", "web");
            int starts = i;
            reader.await(
                    "start " + i,
                    () -> reader.texts().stream().filter("up"::equals).count() == starts + 1);
        }
        assertThat(reader.seen())
                .containsExactly(
                        "up",
                        "down",
                        "<stopped>",
                        "<restarted>",
                        "up",
                        "down",
                        "<stopped>",
                        "<restarted>",
                        "up",
                        "down",
                        "<stopped>",
                        "<restarted>",
                        "up");
        assertThat(reader.states().getFirst().message()).contains("exit code 3");
    }

    @Test
    void restartMarkPrecedesTheLinesOfTheNewRun() {
        real.run("web", SERVICE);
        TestReader reader = reader().open("web", 10);
        reader.awaitText("up");
        real.docker("restart", "web");
        reader.await("the second start", () -> reader.texts().equals(List.of("up", "down", "up")));
        assertThat(reader.seen()).containsSubsequence("down", "<restarted>", "up");
    }

    @Test
    void crashLoopSendsEachLineOnce() {
        real.run("loop", "echo run; exit 1", "--restart", "on-failure:4");
        TestReader reader = reader().open("loop", 10);
        reader.await("five runs", () -> reader.texts().size() == 5);
        reader.await("the end", () -> reader.seen().getLast().equals("<stopped>"));
        assertThat(reader.texts()).hasSize(5);
    }

    @Test
    void containerRecreatedUnderItsNameIsFollowed() {
        real.run("web", SERVICE);
        TestReader reader = reader().open("web", 10);
        reader.awaitText("up");
        real.docker("rm", "-f", "web");
        reader.awaitState(LogStateKind.REMOVED);
        real.run("web", "echo again; " + SERVICE);
        reader.await("the new one", () -> reader.texts().size() >= 3);
        assertThat(reader.seen())
                .endsWith("<removed>", "<recreated>", "again", "up")
                .doesNotContain("<gap removed>");
    }

    @Test
    void containerRecreatedByComposeIsFollowed() {
        Map<String, String> labels = labels("1");
        String old = real.run("p-web-1", labels, SERVICE);
        TestReader reader = reader().open("p-web-1", 10);
        reader.awaitText("up");
        String making = old.substring(0, 12) + "_p-web-1";
        real.docker(
                "create",
                "--network",
                "none",
                "--name",
                making,
                "--label",
                "com.docker.compose.project=p",
                "--label",
                "com.docker.compose.service=web",
                "--label",
                "com.docker.compose.container-number=1",
                TestEngine.IMAGE,
                "sh",
                "-c",
                "echo new; " + SERVICE);
        real.docker("stop", "p-web-1");
        real.docker("rm", "p-web-1");
        reader.awaitState(LogStateKind.REMOVED);
        real.docker("rename", making, "p-web-1");
        real.docker("start", "p-web-1");
        reader.await("the new one", () -> reader.texts().equals(List.of("up", "down", "new", "up")));
        assertThat(reader.seen()).containsSubsequence("up", "down", "<removed>", "<recreated>", "new", "up");
        assertThat(reader.states()).extracting(TailMark.State::name).noneMatch(name -> name.contains("_"));
        assertThat(reader.batches).noneMatch(batch -> batch.container().contains("_"));
    }

    @Test
    void anotherReplicaIsNoSuccessor() {
        real.run("p-web-1", labels("1"), SERVICE);
        real.run("p-web-2", labels("2"), "echo two; " + SERVICE);
        TestReader reader = reader().open("p-web-1", 10);
        reader.awaitText("up");
        real.docker("rm", "-f", "p-web-1");
        reader.awaitState(LogStateKind.REMOVED);
        real.run("p-web-3", labels("3"), "echo three; " + SERVICE);
        real.run("other-name", labels("1"), "echo one; " + SERVICE);
        reader.awaitText("one");
        assertThat(reader.texts()).doesNotContain("two", "three");
    }

    @Test
    void renamedContainerIsFollowedUnderItsNewName() {
        real.run("before", "mkfifo /tmp/go; echo up; read x < /tmp/go; echo more; sleep 1000");
        TestReader reader = reader().open("before", 10);
        reader.awaitText("up");
        real.docker("rename", "before", "after");
        reader.awaitState(LogStateKind.RENAMED);
        real.docker("exec", "after", "sh", "-c", "echo > /tmp/go");
        reader.awaitText("more");
        assertThat(reader.states().getLast().name()).isEqualTo("after");
        assertThat(reader.batches.getLast().container()).isEqualTo("after");
        assertThat(reader.seen()).containsExactly("up", "<renamed>", "more");
    }

    @Test
    void linesContinueAfterTheEngineWasKilled() {
        try (TestEngine own = TestEngine.create("--live-restore")) {
            var bench = new Bench(own);
            own.run("web", "i=0; while :; do i=$((i+1)); echo $i; sleep 0.01; done");
            TestReader reader = bench.reader().open("web", 10_000);
            reader.awaitLines(50);
            own.kill();
            own.start();
            int seen = reader.lineCount();
            reader.awaitLines(seen + 100);
            bench.close();
            List<Integer> numbers =
                    reader.texts().stream().map(Integer::valueOf).toList();
            assertThat(numbers)
                    .isEqualTo(IntStream.rangeClosed(1, numbers.size()).boxed().toList());
        }
    }

    @Test
    void restartOfTheEngineIsARestartOfTheContainer() {
        try (TestEngine own = TestEngine.create()) {
            var bench = new Bench(own);
            own.run("web", SERVICE);
            TestReader reader = bench.reader().open("web", 10);
            reader.awaitText("up");
            own.restart();
            own.docker("start", "web");
            reader.await(
                    "the second start",
                    () -> reader.texts().stream().filter("up"::equals).count() == 2);
            // The mark follows the first line when the tail came back in the moment of the start.
            reader.awaitState(LogStateKind.RESTARTED);
            bench.close();
            assertThat(reader.texts()).containsExactly("up", "down", "up");
            assertThat(reader.seen()).containsSubsequence("down", "<restarted>");
        }
    }

    @Test
    void tailOpenedDuringAnEngineOutageContinuesAtItsCursor() {
        try (TestEngine own = TestEngine.create("--live-restore")) {
            var bench = new Bench(own);
            own.run("web", "i=0; while :; do i=$((i+1)); echo $i; sleep 0.01; done");
            TestReader before = bench.reader().open("web", 10_000);
            before.awaitLines(50);
            own.kill();
            LogBatch last = before.batches.getLast();
            int seen = Integer.parseInt(last.lines().lines().getLast().substring(DockerTimestamp.LENGTH));
            TestReader after = bench.reader();
            assertThat(Waiting.await(after.tryOpen("web", new TailFrom.After(last.cursor()), true)))
                    .isNotNull();
            after.awaitState(LogStateKind.WAITING);
            own.start();
            after.awaitLines(100);
            bench.close();
            List<Integer> numbers = after.texts().stream().map(Integer::valueOf).toList();
            assertThat(numbers)
                    .isEqualTo(IntStream.range(seen + 1, seen + 1 + numbers.size())
                            .boxed()
                            .toList());
            assertThat(after.seen()).noneMatch(text -> text.startsWith("<gap"));
        }
    }

    @Test
    void pausedContainerIsStillFollowed() {
        real.run("web", "i=0; while :; do i=$((i+1)); echo $i; sleep 0.01; done");
        TestReader reader = reader().open("web", 10);
        reader.awaitLines(20);
        real.docker("pause", "web");
        real.docker("unpause", "web");
        int seen = reader.lineCount();
        reader.awaitLines(seen + 50);
        List<Integer> numbers = reader.texts().stream().map(Integer::valueOf).toList();
        int first = numbers.getFirst();
        assertThat(numbers)
                .isEqualTo(
                        IntStream.range(first, first + numbers.size()).boxed().toList());
        assertThat(reader.states()).isEmpty();
    }

    /** The same parts on an engine of one test. */
    private static final class Bench extends LogsOnRealEngine {

        Bench(TestEngine own) {
            super(own);
            deploy();
        }
    }
}
