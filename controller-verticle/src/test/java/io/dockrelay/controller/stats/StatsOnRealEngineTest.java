package io.dockrelay.controller.stats;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.dockrelay.controller.ControllerVerticle;
import io.dockrelay.controller.testing.Settings;
import io.dockrelay.controller.testing.WireClient;
import io.dockrelay.docker.DockerEngine;
import io.dockrelay.docker.DockerHosts;
import io.dockrelay.docker.HttpDockerEngine;
import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.stats.StatsSample;
import io.dockrelay.protocol.stats.WatchStats;

import static io.dockrelay.controller.testing.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

/** Stats of real containers, and the requests they cost the engine, according to its debug log. */
@Tag("engine")
class StatsOnRealEngineTest {

    private static final long LIMIT = 64L * 1024 * 1024;

    private static TestEngine real;

    private final Vertx vertx = Vertx.vertx();
    private final Bus bus = Bus.of(vertx);
    private final List<StatsSample> samples = new CopyOnWriteArrayList<>();
    private ControllerVerticle controller;

    @BeforeAll
    static void start() {
        real = TestEngine.create("--debug");
        real.run("busy", "while :; do :; done", "--memory", Long.toString(LIMIT));
        real.run("idle", "sleep 1000");
        real.run("gone", "exit 0");
    }

    @AfterAll
    static void stop() {
        real.close();
    }

    @BeforeEach
    void open() {
        controller = new ControllerVerticle();
        await(vertx.deployVerticle(controller, new DeploymentOptions().setConfig(Settings.json(real))));
        await(bus.subscribe(Addresses.stats(Settings.CONTROLLER), samples::add).ready());
    }

    @AfterEach
    void close() {
        await(vertx.close());
    }

    @Test
    void statsOfABusyLoopMatchItsProcess() {
        try (WireClient client = WireClient.connect(vertx, controller.wsPort())) {
            client.await("initial_state");
            client.send("{\"type\":\"subscribe_stats\",\"containers\":[\"*\"],\"interval_ms\":1000}");

            JsonNode first = client.await("stats");
            assertThat(item(first, "busy").get("cpu_cores").isNull())
                    .as("the first measurement has no CPU value")
                    .isTrue();
            JsonNode second = client.await(
                    message -> item(message, "busy").path("cpu_cores").isNumber());
            JsonNode busy = item(second, "busy");
            assertMatchesTheProcess(client);
            assertThat(busy.get("memory_bytes").asLong()).isBetween(1L, LIMIT);
            assertThat(busy.get("memory_limit").asLong()).isEqualTo(LIMIT);
            assertThat(busy.get("rx_bytes").isNull()).as("it has no network").isTrue();
            assertThat(busy.get("controller").asText()).isEqualTo(Settings.CONTROLLER);
            JsonNode idle = client.await(
                    message -> item(message, "idle").path("cpu_cores").isNumber());
            assertThat(item(idle, "idle").get("cpu_cores").asDouble()).isLessThan(0.02);
            assertThat(item(idle, "idle").get("memory_limit").isNull()).isTrue();
            assertThat(item(second, "gone").isMissingNode()).isTrue();
            JsonNode host = second.get("hosts").get(0);
            assertThat(host.get("cpus").asInt()).isEqualTo(Runtime.getRuntime().availableProcessors());
            assertThat(host.get("memory_total").asLong()).isGreaterThan(LIMIT);
        }
    }

    @Test
    void containerIsMeasuredOnceForAllWatches() {
        String subscription = "{\"type\":\"subscribe_stats\",\"containers\":[\"busy\"],\"interval_ms\":1000}";
        try (WireClient one = WireClient.connect(vertx, controller.wsPort());
                WireClient other = WireClient.connect(vertx, controller.wsPort())) {
            one.send(subscription);
            other.send(subscription);
            await(bus.ask(Addresses.watchStats(Settings.CONTROLLER), new WatchStats("test", List.of("busy"), 1_000)));
            one.await("stats");
            int calls = calls("busy");
            int seen = samples.size();

            until("three more samples", () -> samples.size() >= seen + 3);

            // A round may be in progress at the beginning and at the end of the count.
            assertThat(calls("busy") - calls).isBetween(2, samples.size() - seen + 2);
            assertThat(one.messages("stats")).isNotEmpty();
            until("both have received stats", () -> other.messages("stats").size() >= 3);
            assertThat(samples).allSatisfy(sample -> assertThat(sample.items()).hasSize(1));
        }
    }

    @Test
    void engineGetsNoRequestsAfterTheLastSubscriptionEnds() {
        try (WireClient client = WireClient.connect(vertx, controller.wsPort())) {
            client.send("{\"type\":\"subscribe_stats\",\"containers\":[\"busy\",\"idle\"],\"interval_ms\":1000}");
            client.await(message -> item(message, "busy").path("cpu_cores").isNumber());
            client.send("{\"type\":\"subscribe_stats\",\"containers\":[\"idle\"],\"interval_ms\":1000}");
            String settled = "{\"type\":\"ping\",\"id\":\"settled\"}";
            client.send(settled);
            client.await("pong");
            int seen = samples.size();
            until("a round that began afterwards", () -> samples.size() >= seen + 2);
            int busy = calls("busy");
            until("some more rounds", () -> samples.size() >= seen + 4);
            assertThat(calls("busy")).isEqualTo(busy);

            client.send("{\"type\":\"subscribe_stats\",\"containers\":null}");
            untilNothingIsMeasured();
            client.send("{\"type\":\"subscribe_stats\",\"containers\":[\"idle\"],\"interval_ms\":1000}");
            int again = samples.size();
            until("a new beginning", () -> samples.size() > again);
        }
        // The socket has closed without an unsubscribe.
        untilNothingIsMeasured();
    }

    @Test
    void watchThatIsNotRenewedEnds() {
        DockerEngine engine = new HttpDockerEngine(vertx, DockerHosts.discover(Map.of("DOCKER_HOST", real.host())));
        await(bus.answer(
                        Addresses.containers("edge-2"),
                        request -> bus.ask(Addresses.containers(Settings.CONTROLLER), request))
                .ready());
        List<StatsSample> received = new CopyOnWriteArrayList<>();
        await(bus.subscribe(Addresses.stats("edge-2"), received::add).ready());
        await(vertx.deployVerticle(new StatsVerticle(engine, "edge-2", Duration.ofMillis(1_500))));

        await(bus.ask(Addresses.watchStats("edge-2"), new WatchStats("test", List.of("idle"), 1_000)));

        until("it is measured", () -> !received.isEmpty());
        untilNothingIsMeasured();
    }

    /**
     * Compares with the kernel's CPU time of the process: a busy loop's share depends on the other load of the machine.
     */
    private static void assertMatchesTheProcess(WireClient client) {
        String pid = real.docker("inspect", "--format", "{{.State.Pid}}", "busy");
        Duration used = processorTime(pid);
        long began = System.nanoTime();
        int received = client.messages("stats").size();
        until("more stats", () -> client.messages("stats").size() >= received + 4);
        double expected = (double) processorTime(pid).minus(used).toNanos() / (System.nanoTime() - began);
        double reported = client.messages("stats").stream()
                .skip(received)
                .mapToDouble(message -> item(message, "busy").path("cpu_cores").asDouble())
                .average()
                .orElseThrow();
        assertThat(reported).isBetween(expected / 2, expected * 2);
        assertThat(expected).isGreaterThan(0.03);
    }

    private static Duration processorTime(String pid) {
        return ProcessHandle.of(Long.parseLong(pid))
                .flatMap(process -> process.info().totalCpuDuration())
                .orElseThrow();
    }

    private static JsonNode item(JsonNode message, String container) {
        for (JsonNode item : message.path("items")) {
            if (item.path("container").asText().equals(container)) {
                return item;
            }
        }
        return MissingNode.getInstance();
    }

    private static void until(String what, BooleanSupplier condition) {
        Awaitility.await(what)
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(condition::getAsBoolean);
    }

    /** Waits for three times the shortest interval without a request. */
    private static void untilNothingIsMeasured() {
        var calls = new AtomicInteger(-1);
        var changedAt = new AtomicLong();
        until("no call of the engine", () -> {
            int now = calls("");
            if (calls.getAndSet(now) != now) {
                changedAt.set(System.nanoTime());
            }
            return System.nanoTime() - changedAt.get() > Duration.ofSeconds(3).toNanos();
        });
    }

    /** Requests of the stats of a container; of all containers for an empty name. */
    private static int calls(String container) {
        String id = container.isEmpty()
                ? "[^/]+"
                : real.docker("inspect", "--format", "{{.Id}}", container).substring(0, 12);
        Pattern call = Pattern.compile("Calling GET /v[0-9.]+/containers/" + id + "[^/ ]*/stats");
        try (var lines = Files.lines(real.folder().resolve("dockerd.log"))) {
            return (int) lines.filter(line -> call.matcher(line).find()).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
