package io.dockrelay.controller.stats.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.dockrelay.controller.ControllerVerticle;
import io.dockrelay.controller.testing.Http;
import io.dockrelay.controller.testing.Settings;
import io.dockrelay.controller.testing.WireClient;
import io.dockrelay.docker.testing.TestEngine;

import static io.dockrelay.controller.testing.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

/** The load of real containers without any viewer, over REST; the engine's debug log has what it costs. */
@Tag("engine")
class HistoryOnRealEngineTest {

    private static final long LIMIT = 64L * 1024 * 1024;

    private static TestEngine real;

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private ControllerVerticle controller;
    private String deployment;

    @BeforeAll
    static void start() {
        real = TestEngine.create("--debug");
    }

    @AfterAll
    static void stop() {
        real.close();
    }

    @AfterEach
    void close() {
        await(vertx.close());
        real.removeContainers();
    }

    @Test
    void loadIsKeptWithoutAViewerAndSurvivesARestart() {
        real.run("busy", "while :; do :; done", "--memory", Long.toString(LIMIT), "--cpus", "0.5");
        deploy("2s");
        untilKnown("busy", 2);
        JsonNode busy = history("busy");
        assertThat(last(busy.at("/cpu_cores/mean"))).isGreaterThan(0.03);
        assertThat(last(busy.at("/memory_bytes/mean"))).isBetween(1.0, (double) LIMIT);
        assertThat(busy.at("/memory_limit").asLong()).isEqualTo(LIMIT);
        assertThat(busy.at("/step_ms").asInt()).isEqualTo(2_000);
        assertThat(busy.at("/host/cpus").asInt()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(busy.at("/rx_bytes/mean")).as("it has no network").allMatch(JsonNode::isNull);
        assertThat(http().get("/container/busy/status").json().path("cpu_limit").asDouble())
                .isEqualTo(0.5);

        String stopped = Instant.now().toString();
        await(vertx.undeploy(deployment));
        deploy("2s");

        Instant since = Instant.now().minus(Duration.ofMinutes(5));
        JsonNode before = http().get("/container/busy/stats/history?since=" + since + "&until=" + stopped)
                .json();
        assertThat(known(before)).isGreaterThanOrEqualTo(2);
        untilKnown("busy", known(before) + 1);
    }

    @Test
    void removedContainerKeepsItsLoadAndItsSuccessorContinuesIt() {
        String first = real.run("job", "while :; do :; done").substring(0, 12);
        deploy("2s");
        untilKnown("job", 1);
        real.docker("rm", "--force", "job");
        until(
                "its removal",
                () -> http().get("/containers").json().path("containers").isEmpty());
        assertThat(known(history("job"))).isPositive();
        assertThat(history(first).path("id").asText()).isEqualTo(first);
        assertThat(http().get("/stats/history").json().path("items")).isEmpty();

        real.run("job", "sleep 1000");
        until(
                "the new container's load",
                () -> !history("job").path("id").asText().equals(first));
        assertThat(known(history("job"))).isPositive();
    }

    @Test
    void lastHourOfAllContainersIsOneAnswer() {
        real.run("busy", "while :; do :; done");
        real.run("idle", "sleep 1000");
        real.run("gone", "exit 0");
        deploy("2s");
        untilKnown("busy", 1);
        untilKnown("idle", 1);

        JsonNode recent = http().get("/stats/history").json();
        assertThat(recent.path("step_ms").asInt()).isEqualTo(60_000);
        assertThat(recent.path("items")).hasSize(2);
        assertThat(item(recent, "busy").path("cpu_cores")).hasSize(61);
        assertThat(last(item(recent, "busy").path("cpu_cores")))
                .isGreaterThan(last(item(recent, "idle").path("cpu_cores")));
    }

    @Test
    void stoppedContainerHasAGap() {
        real.run("web", "sleep 1000");
        deploy("2s");
        untilKnown("web", 1);
        real.docker("kill", "web");
        Instant stopped = Instant.now();
        until("some time", () -> Duration.between(stopped, Instant.now()).toSeconds() >= 9);

        JsonNode memory = history("web").at("/memory_bytes/mean");
        assertThat(memory.get(memory.size() - 2).isNull()).isTrue();
        assertThat(memory.get(memory.size() - 3).isNull()).isTrue();
    }

    @Test
    void withoutHistoryTheEngineIsNotAskedAndRequestsAreRefused() {
        real.run("idle", "sleep 1000");
        int before = calls();
        deploy("off");
        try (WireClient client = WireClient.connect(vertx, controller.wsPort())) {
            assertThat(client.await("initial_state").path("features")).noneMatch(HistoryOnRealEngineTest::isFeature);
        }
        for (String path : new String[] {"/container/idle/stats/history", "/stats/history"}) {
            Http.Answer answer = http().get(path);
            assertThat(answer.status()).isEqualTo(501);
            assertThat(answer.json().path("error").asText()).contains("loadHistory");
        }
        Instant deployed = Instant.now();
        until("some time", () -> Duration.between(deployed, Instant.now()).toSeconds() >= 5);
        assertThat(calls()).isEqualTo(before);
    }

    @Test
    void badQuestionsAreRefusedAndTheFeatureIsOffered() {
        real.run("idle", "sleep 1000");
        deploy("2s");
        try (WireClient client = WireClient.connect(vertx, controller.wsPort())) {
            assertThat(client.await("initial_state").path("features")).anyMatch(HistoryOnRealEngineTest::isFeature);
        }
        assertThat(http().get("/container/missing/stats/history").status()).isEqualTo(404);
        for (String query : new String[] {
            "since=yesterday", "until=1", "step=0", "step=fast", "since=2026-01-02T00:00:00Z&until=2026-01-01T00:00:00Z"
        }) {
            Http.Answer answer = http().get("/container/idle/stats/history?" + query);
            assertThat(answer.status()).as(query).isEqualTo(400);
            assertThat(answer.json().path("error").asText()).contains("\"");
        }
    }

    private void deploy(String step) {
        controller = new ControllerVerticle();
        var settings = Settings.json(real)
                .put("loadHistory", step)
                .put("dataFolder", folder.resolve("data").toString());
        deployment = await(vertx.deployVerticle(controller, new DeploymentOptions().setConfig(settings)));
    }

    private Http http() {
        return new Http(vertx, controller.apiPort());
    }

    /** The last minutes: at this step the fine resolution does not reach back for an hour. */
    private JsonNode history(String container) {
        Instant since = Instant.now().minus(Duration.ofMinutes(5));
        return http().get("/container/" + container + "/stats/history?since=" + since)
                .json();
    }

    private void untilKnown(String container, int values) {
        until(values + " values of " + container, () -> known(history(container)) >= values);
    }

    private static int known(JsonNode history) {
        var count = new AtomicInteger();
        history.at("/cpu_cores/mean").forEach(value -> count.addAndGet(value.isNumber() ? 1 : 0));
        return count.get();
    }

    /** The last known one: the newest step may not be measured yet. */
    private static double last(JsonNode values) {
        double last = Double.NaN;
        for (JsonNode value : values) {
            last = value.isNumber() ? value.asDouble() : last;
        }
        return last;
    }

    private static JsonNode item(JsonNode recent, String container) {
        for (JsonNode item : recent.path("items")) {
            if (item.path("container").asText().equals(container)) {
                return item;
            }
        }
        return MissingNode.getInstance();
    }

    private static boolean isFeature(JsonNode feature) {
        return feature.asText().equals("stats_history");
    }

    private static void until(String what, BooleanSupplier condition) {
        Awaitility.await(what)
                .atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(100))
                .until(condition::getAsBoolean);
    }

    /** Requests for the load of the container; at its start a controller asks once for that of one that cannot exist. */
    private static int calls() {
        String idle = "/containers/" + real.docker("ps", "--filter", "name=idle", "--format", "{{.ID}}");
        try (var lines = Files.lines(real.folder().resolve("dockerd.log"))) {
            return (int) lines.filter(
                            line -> line.contains("Calling GET") && line.contains(idle) && line.contains("/stats?"))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
