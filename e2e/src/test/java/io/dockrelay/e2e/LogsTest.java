package io.dockrelay.e2e;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.e2e.harness.Await;
import io.dockrelay.e2e.harness.SplitDeployment;
import io.dockrelay.e2e.harness.WireClient;

import static org.assertj.core.api.Assertions.assertThat;

/** All kinds of logs, from the container to a browser: each line arrives once. */
@OnRealEngine
class LogsTest {

    private static final Duration FLOOD = Duration.ofSeconds(60);

    private static TestEngine engine;
    private static SplitDeployment deployment;

    @BeforeAll
    static void open(TestEngine shared) {
        engine = shared;
        deployment = SplitDeployment.open(shared);
    }

    @AfterAll
    static void close() {
        deployment.close();
    }

    @Test
    void linesOfATerminalHaveNoCarriageReturns() {
        assertThat(logOf("tty", "echo one; echo two; sleep 60", 2, "--tty")).containsExactly("one", "two");
    }

    @Test
    void lineOfOneMebibyteIsNotSplit() {
        engine.run("long", "head -c 1048576 /dev/zero | tr '\\0' x; echo; echo after");
        engine.awaitExit("long");
        try (WireClient browser = deployment.browser("long")) {
            browser.subscribe("long", 10);

            browser.await("the line after it", message -> browser.texts("long").contains("after"));
            assertThat(browser.texts("long")).hasSize(2);
            assertThat(browser.texts("long").getFirst()).hasSize(1_048_576).matches("x+");
        }
    }

    @Test
    void floodArrivesInOrderWithEachLineOnce() {
        engine.run("flood", "while [ ! -f /tmp/go ]; do sleep 0.1; done; seq 1 100000; sleep 60");
        try (WireClient browser = deployment.browser("flood")) {
            browser.subscribe("flood", 0);
            browser.awaitType("log_snapshot");

            engine.docker("exec", "flood", "touch", "/tmp/go");

            browser.await("the last line", FLOOD, message -> last(message).equals("100000"));
            assertThat(browser.texts("flood"))
                    .isEqualTo(IntStream.rangeClosed(1, 100_000)
                            .mapToObj(Integer::toString)
                            .toList());
        }
    }

    @Test
    void stdoutAndStderrAreDistinguished() {
        engine.run("mixed", "for i in 1 2 3; do echo out$i; echo err$i >&2; sleep 0.05; done; sleep 60");
        try (WireClient browser = deployment.browser("mixed")) {
            browser.subscribe("mixed", 100);
            Await.until(
                    "all six lines", Await.DEFAULT, () -> browser.texts("mixed").size() >= 6);

            for (JsonNode message : browser.messages()) {
                for (int i = 0; i < message.path("logs").size(); i++) {
                    String text = message.path("logs").get(i).asText().substring(31);
                    char letter = message.path("streams").asText().charAt(i);
                    assertThat(letter).as(text).isEqualTo(text.startsWith("err") ? 'e' : 'o');
                }
            }
        }
    }

    @Test
    void hostileBytesArriveAsText() {
        String script =
                "printf 'bad \\377\\300 end\\n'; printf 'nul \\000 esc \\033[31m end\\n'; printf '\\n'; sleep 60";

        assertThat(logOf("bytes", script, 3)).containsExactly("bad \uFFFD\uFFFD end", "nul \0 esc \33[31m end", "");
    }

    @Test
    void progressWithCarriageReturnsDoesNotWaitForANewline() {
        engine.run(
                "progress", "i=0; while :; do i=$((i+1)); printf 'frame=%08d of a stream that never ends\\r' $i; done");
        try (WireClient browser = deployment.browser("progress")) {
            browser.subscribe("progress", 10);

            browser.await(
                    "progress",
                    message -> browser.texts("progress").stream()
                            .anyMatch(text -> text.contains("frame=") && text.contains("\r")));
        }
        engine.docker("rm", "--force", "progress");
    }

    @Test
    void unterminatedLastLineArrivesWhenTheProcessEnds() {
        engine.run("cut", "echo whole; printf unterminated");
        engine.awaitExit("cut");
        try (WireClient browser = deployment.browser("cut")) {
            browser.subscribe("cut", 10);
            browser.awaitType("log_snapshot");
            assertThat(browser.texts("cut")).containsExactly("whole", "unterminated");

            engine.docker("start", "cut");

            Await.until(
                    "the second run", Await.DEFAULT, () -> browser.texts("cut").size() >= 4);
            assertThat(browser.texts("cut")).containsExactly("whole", "unterminated", "whole", "unterminated");
        }
    }

    @Test
    void unreadableLoggingDriverIsReported() {
        engine.run("mute", "sleep 60", "--log-driver", "none");
        try (WireClient browser = deployment.browser("mute")) {
            browser.subscribe("mute", 10);

            JsonNode state = browser.await("log_state", message -> state(message, "unreadable"));
            assertThat(state.path("message").asText()).contains("logging driver");
        }
    }

    @Test
    void logOfANewContainerIsEmptyAndFollowedOnceItStarts() {
        engine.docker("create", "--name", "fresh", "--network", "none", "busybox", "sh", "-c", "echo hello; sleep 60");
        try (WireClient browser = deployment.browser("fresh")) {
            browser.subscribe("fresh", 10);
            JsonNode snapshot = browser.awaitType("log_snapshot");
            assertThat(snapshot.path("logs")).isEmpty();
            assertThat(snapshot.path("lastLogTimestamp").isNull()).isTrue();

            engine.docker("start", "fresh");

            Await.until(
                    "its first line",
                    Await.DEFAULT,
                    () -> !browser.texts("fresh").isEmpty());
            assertThat(browser.texts("fresh")).containsExactly("hello");
        }
    }

    @Test
    void eachLineArrivesOnceAcrossStopAndStart() {
        String script = "n=$(cat /n 2>/dev/null || echo 0); n=$((n+1)); echo $n >/n; "
                + "trap 'echo bye $n; exit 0' TERM; echo hello $n; while :; do sleep 0.05; done";
        engine.run("service", script);
        try (WireClient browser = deployment.browser("service");
                WireClient direct = deployment.controllerClient()) {
            browser.subscribe("service", 10);
            direct.subscribe("service", 10);
            List<String> expected = List.of("hello 1", "bye 1", "hello 2", "bye 2", "hello 3");

            for (int round = 1; round <= 2; round++) {
                String hello = "hello " + round;
                Await.until(hello, Await.DEFAULT, () -> browser.texts("service").contains(hello));
                engine.docker("stop", "service");
                engine.docker("start", "service");
            }

            for (WireClient client : List.of(browser, direct)) {
                Await.until(
                        "hello 3", Await.DEFAULT, () -> client.texts("service").contains("hello 3"));
                assertThat(client.texts("service")).isEqualTo(expected);
                assertThat(client.messages("log_state").stream()
                                .map(s -> s.path("state").asText()))
                        .contains("stopped", "restarted");
            }
        }
    }

    @Test
    void browsersHaveTheirOwnBacklogsAndOneContinuesAfterTheOtherDisconnects() {
        engine.run("shared", "seq 1 50; i=50; while :; do i=$((i+1)); echo $i; sleep 0.02; done");
        try (WireClient stays = deployment.browser("shared")) {
            stays.subscribe("shared", 3);
            int first;
            try (WireClient leaves = deployment.browser("shared")) {
                leaves.subscribe("shared", 30);
                assertThat(leaves.awaitType("log_snapshot").path("logs")).hasSize(30);
                assertThat(stays.awaitType("log_snapshot").path("logs")).hasSize(3);
                Await.until(
                        "both follow",
                        Await.DEFAULT,
                        () -> leaves.texts("shared").size() > 50);
                first = Integer.parseInt(stays.texts("shared").getFirst());
                assertConsecutive(leaves.texts("shared"));
            }
            int seen = stays.texts("shared").size();
            Await.until("more lines", Await.DEFAULT, () -> stays.texts("shared").size() > seen + 50);
            assertConsecutive(stays.texts("shared"));
            assertThat(stays.texts("shared").getFirst()).isEqualTo(Integer.toString(first));
        }
        engine.docker("rm", "--force", "shared");
    }

    @Test
    void clientsGetOnlyLogsTheySubscribed() {
        engine.run("private", "while :; do echo secret; sleep 0.02; done");
        try (WireClient first = deployment.browser("private");
                WireClient second = deployment.browser("private")) {
            first.subscribe("private", 1);
            Await.until(
                    "the first client's lines",
                    Await.DEFAULT,
                    () -> first.texts("private").size() > 20);

            second.send("{\"type\":\"ping\",\"id\":1}");
            second.awaitType("pong");
            assertThat(second.texts("private")).isEmpty();

            first.unsubscribe("private");
            first.send("{\"type\":\"ping\",\"id\":2}");
            first.awaitType("pong");
            int seen = first.texts("private").size();
            second.subscribe("private", 0);
            Await.until(
                    "the second client's lines",
                    Await.DEFAULT,
                    () -> second.texts("private").size() > 20);
            assertThat(first.texts("private")).hasSize(seen);
        }
        engine.docker("rm", "--force", "private");
    }

    private static List<String> logOf(String name, String script, int lines, String... options) {
        engine.run(name, script, options);
        try (WireClient browser = deployment.browser(name)) {
            browser.subscribe(name, 100);
            Await.until("its lines", Await.DEFAULT, () -> browser.texts(name).size() >= lines);
            return browser.texts(name);
        } finally {
            engine.docker("rm", "--force", name);
        }
    }

    private static void assertConsecutive(List<String> texts) {
        List<Integer> numbers = texts.stream().map(Integer::valueOf).toList();
        assertThat(numbers)
                .isEqualTo(IntStream.range(0, numbers.size())
                        .mapToObj(i -> numbers.getFirst() + i)
                        .toList());
    }

    private static String last(JsonNode message) {
        JsonNode logs = message.path("logs");
        return logs.isEmpty() ? "" : logs.get(logs.size() - 1).asText().substring(31);
    }

    private static boolean state(JsonNode message, String state) {
        Predicate<JsonNode> isState = WireClient.ofType("log_state");
        return isState.test(message) && message.path("state").asText().equals(state);
    }
}
