package io.dockrelay.e2e;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.e2e.harness.Await;
import io.dockrelay.e2e.harness.SplitDeployment;
import io.dockrelay.e2e.harness.WireClient;

import static org.assertj.core.api.Assertions.assertThat;

/** What a browser sees while a controller or the engine is down, and after it has returned. */
@OnRealEngine
class OutageTest {

    private static final Duration OUTAGE = Duration.ofSeconds(60);
    private static final Duration RECOVERS = Duration.ofSeconds(31);
    private static final String COUNT = "i=0; while :; do i=$((i+1)); echo $i; sleep 0.2; done";

    /** The delay in milliseconds and the attempt, as an uplink logs them before it waits. */
    private static final Pattern RETRY = Pattern.compile("\\[controller-ws].* in (\\d+) ms \\(attempt (\\d+)\\)");

    @Test
    void controllerOutageOfAMinuteLosesNoLine(TestEngine engine) {
        engine.run("count", COUNT);
        engine.run("dropped", COUNT);
        try (SplitDeployment deployment = SplitDeployment.open(engine);
                WireClient browser = deployment.browser("count")) {
            browser.subscribe("count", 5);
            browser.subscribe("dropped", 5);
            for (String name : List.of("count", "dropped")) {
                Await.until(
                        "live lines of " + name,
                        Await.DEFAULT,
                        () -> browser.texts(name).size() > 6);
            }
            int before = browser.mark();
            Instant killed = Instant.now();

            deployment.controller().kill();

            browser.awaitAfter(before, "the outage", Duration.ofSeconds(5), OutageTest::controllerAway);
            JsonNode aged = browser.awaitAfter(
                            before, "the last known state", Duration.ofSeconds(5), m -> lastKnown(m) != null)
                    .deepCopy();
            assertThat(lastKnown(aged).path("last_status").asText()).isEqualTo("running");
            assertThat(Instant.parse(lastKnown(aged).path("as_of").asText()))
                    .isBetween(killed.minusSeconds(10), killed.plusSeconds(5));
            browser.unsubscribe("dropped");
            try (WireClient late = WireClient.connect(deployment.relayUrl())) {
                JsonNode shown = late.awaitType("container_update");
                assertThat(lastKnown(shown))
                        .as("a browser that connects during the outage sees it too")
                        .isNotNull();
            }
            int retries = waitOut(deployment, killed);
            int during = browser.mark();

            deployment.startController();

            browser.awaitAfter(during, "running again", RECOVERS, OutageTest::countRuns);
            browser.awaitAfter(
                    during,
                    "the log continues",
                    RECOVERS,
                    m -> m.path("type").asText().equals("new_logs"));
            int seen = browser.texts("count").size();
            Await.until(
                    "live lines", Await.DEFAULT, () -> browser.texts("count").size() > seen + 5);
            assertThat(browser.texts("dropped").size())
                    .as("an unsubscribe during the outage takes effect")
                    .isLessThan(browser.texts("count").size());
            assertThat(distinct(browser.texts("count"))).isTrue();
            assertThat(retries).isGreaterThanOrEqualTo(4);
        }
        engine.docker("rm", "--force", "count", "dropped");
    }

    @Test
    void controllerThatReturnsWithAnotherIdContinuesItsLogs(TestEngine engine) {
        engine.run("count", COUNT);
        try (SplitDeployment deployment = SplitDeployment.open(engine);
                WireClient browser = deployment.browser("count")) {
            browser.subscribe("edge-1/count", 5);
            Await.until(
                    "live lines", Await.DEFAULT, () -> browser.texts("count").size() > 6);
            deployment.controller().kill();

            deployment.startControllerAs("edge-2");

            browser.await(
                    "its new id",
                    RECOVERS,
                    m -> m.path("controller").asText().equals("edge-2")
                            && m.path("state").asText().equals("connected"));
            int seen = browser.texts("count").size();
            Await.until(
                    "live lines", Await.DEFAULT, () -> browser.texts("count").size() > seen + 5);
            List<Integer> numbers =
                    browser.texts("count").stream().map(Integer::valueOf).toList();
            assertThat(numbers)
                    .isEqualTo(IntStream.rangeClosed(numbers.getFirst(), numbers.getLast())
                            .boxed()
                            .toList());
            assertThat(browser.messages("log_gap")).isEmpty();
            assertThat(deployment.relayApi().get("/api/container/count/logs").status())
                    .as("a bare name is not ambiguous")
                    .isEqualTo(200);
        }
        engine.docker("rm", "--force", "count");
    }

    @Test
    void engineOutageAndRecoveryAreReported(TestEngine shared) {
        try (TestEngine engine = TestEngine.create()) {
            engine.run("web", "sleep 600", "--restart", "always");
            try (SplitDeployment deployment = SplitDeployment.open(engine);
                    WireClient browser = deployment.browser("web")) {
                int before = browser.mark();

                engine.stop();

                JsonNode away = browser.awaitAfter(
                        before, "engine_status", Duration.ofSeconds(10), WireClient.ofType("engine_status"));
                assertThat(away.path("available").asBoolean()).isFalse();
                assertThat(away.path("message").asText())
                        .contains(engine.socket().toString());
                Await.until(
                        "503",
                        Await.DEFAULT,
                        () -> deployment.controllerApi().get("/containers").status() == 503);
                assertThat(deployment
                                .controllerApi()
                                .get("/containers")
                                .json()
                                .path("error")
                                .asText())
                        .isNotEmpty();
                int during = browser.mark();

                engine.start();

                browser.awaitAfter(
                        during,
                        "its return",
                        Duration.ofSeconds(10),
                        m -> m.path("available").asBoolean());
                Await.until(
                        "web is known again",
                        Await.DEFAULT,
                        () -> deployment.relayApi().get("/api/data").text().contains("\"running\":true"));
            }
        }
        assertThat(shared.dockerExitCode("version")).isZero();
    }

    /** Waits for the whole outage, and compares each logged delay with the backoff's table. */
    private static int waitOut(SplitDeployment deployment, Instant killed) {
        Await.until(
                "a minute of outage", OUTAGE.plusSeconds(5), () -> Instant.now().isAfter(killed.plus(OUTAGE)));
        List<Matcher> delays = deployment.relay().output().stream()
                .map(RETRY::matcher)
                .filter(Matcher::find)
                .toList();
        for (Matcher delay : delays) {
            long millis = Long.parseLong(delay.group(1));
            long most = Math.min(30_000, 1_000L << (Integer.parseInt(delay.group(2)) - 1));
            assertThat(millis).as(delay.group()).isBetween(most / 2, most);
        }
        assertThat(delays.stream().map(d -> Integer.valueOf(d.group(2))))
                .containsSequence(IntStream.rangeClosed(1, 4).boxed().toList());
        return delays.size();
    }

    private static boolean controllerAway(JsonNode message) {
        return message.path("type").asText().equals("controller_status")
                && !message.path("state").asText().equals("connected");
    }

    private static JsonNode lastKnown(JsonNode message) {
        for (JsonNode container : message.path("containers")) {
            if (container.path("name").asText().equals("count")
                    && container.path("status").asText().equals("unknown")) {
                return container;
            }
        }
        return null;
    }

    private static boolean countRuns(JsonNode message) {
        for (JsonNode container : message.path("containers")) {
            if (container.path("name").asText().equals("count")
                    && container.path("status").asText().equals("running")) {
                return true;
            }
        }
        return false;
    }

    private static boolean distinct(List<String> texts) {
        return texts.stream().distinct().count() == texts.size();
    }
}
