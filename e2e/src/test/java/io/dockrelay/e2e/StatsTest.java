package io.dockrelay.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.e2e.harness.Await;
import io.dockrelay.e2e.harness.SplitDeployment;
import io.dockrelay.e2e.harness.WireClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Stats of real containers, from the engine to browsers over an uplink; the engine logs each request. */
@Tag("engine")
class StatsTest {

    private static final String ALL = "{\"type\":\"subscribe_stats\",\"containers\":[\"*\"],\"interval_ms\":1000}";
    private static final String NONE = "{\"type\":\"subscribe_stats\",\"containers\":null}";

    private static TestEngine engine;
    private static SplitDeployment deployment;

    @BeforeAll
    static void open() {
        engine = TestEngine.create("--debug");
        engine.run("busy", "while :; do :; done");
        engine.run("idle", "sleep 1000");
        deployment = SplitDeployment.open(engine, Map.of("CONTROLLER_LOAD_HISTORY", "off"));
    }

    @AfterAll
    static void close() {
        deployment.close();
        engine.close();
    }

    @Test
    void browsersGetStatsUntilTheLastOneUnsubscribes() {
        int before = calls();
        try (WireClient one = deployment.browser("busy");
                WireClient two = deployment.browser("busy")) {
            assertThat(calls()).as("requests before the first subscription").isEqualTo(before);
            one.send(ALL);
            two.send(ALL);

            JsonNode busy = item(
                    one.await(
                            "a busy core",
                            m -> item(m, "busy").path("cpu_cores").asDouble() > 0.03),
                    "busy");
            assertThat(busy.path("controller").asText()).isEqualTo("edge-1");
            assertThat(busy.path("memory_bytes").asLong()).isPositive();
            two.await("the same", m -> item(m, "busy").path("cpu_cores").asDouble() > 0.03);
            JsonNode host = one.awaitType("stats").at("/hosts/0");
            assertThat(host.path("cpus").asInt()).isEqualTo(Runtime.getRuntime().availableProcessors());

            one.send(NONE);
            int mark = two.mark();
            two.awaitAfter(mark, "the other browser's stats continue", Await.DEFAULT, WireClient.ofType("stats"));
            two.abort();
            untilNothingIsMeasured();
            assertThat(one.isClosed()).isFalse();
        }
    }

    @Test
    void stoppedContainerHasNoStatsAndARestartedOneStartsFresh() {
        try (WireClient browser = deployment.browser("idle")) {
            browser.send(
                    "{\"type\":\"subscribe_stats\",\"containers\":[\"edge-1/idle\",\"busy\"],\"interval_ms\":1000}");
            browser.await("both", m -> item(m, "idle").path("cpu_cores").isNumber());
            engine.docker("restart", "--time", "0", "idle");
            int mark = browser.mark();
            browser.awaitAfter(
                    mark,
                    "a new run",
                    Await.DEFAULT,
                    m -> item(m, "idle").path("cpu_cores").isNull());
            engine.docker("kill", "idle");
            browser.await(
                    "stats of only the other container",
                    Await.DEFAULT,
                    m -> !item(m, "busy").isMissingNode() && item(m, "idle").isMissingNode());
            engine.docker("start", "idle");
        }
    }

    private static JsonNode item(JsonNode message, String container) {
        for (JsonNode item : message.path("items")) {
            if (item.path("container").asText().equals(container)) {
                return item;
            }
        }
        return MissingNode.getInstance();
    }

    private static void untilNothingIsMeasured() {
        var seen = new AtomicInteger(-1);
        var changedAt = new AtomicLong();
        Await.until("no more requests to the engine", Await.DEFAULT, () -> {
            int now = calls();
            if (seen.getAndSet(now) != now) {
                changedAt.set(System.nanoTime());
            }
            return System.nanoTime() - changedAt.get() > Duration.ofSeconds(3).toNanos();
        });
    }

    private static int calls() {
        try (var lines = Files.lines(engine.folder().resolve("dockerd.log"))) {
            return (int) lines.filter(line -> line.contains("Calling GET") && line.contains("/stats?"))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
