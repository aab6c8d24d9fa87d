package io.dockrelay.controller.logs.tail;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import io.vertx.core.Vertx;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import io.dockrelay.controller.inventory.DockerWatcher;
import io.dockrelay.controller.inventory.OwnContainers;
import io.dockrelay.controller.logs.entries.DockerTimestamp;
import io.dockrelay.controller.testing.Settings;
import io.dockrelay.docker.DockerEngine;
import io.dockrelay.docker.DockerHosts;
import io.dockrelay.docker.HttpDockerEngine;
import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.logs.LogPage;
import io.dockrelay.protocol.logs.ReadLogs;

import static io.dockrelay.controller.testing.Waiting.await;

/** A supervisor, and the watcher that feeds it, on a real engine. */
public abstract class LogsOnRealEngine {

    static final int MAX_LINES = 10_000;

    public final TestEngine real;
    public final Vertx vertx = Vertx.vertx();
    TailSupervisor supervisor;
    private int readers;

    public LogsOnRealEngine(TestEngine real) {
        this.real = real;
    }

    @BeforeEach
    void deploy() {
        real.removeContainers();
        var engine = engine(new HttpDockerEngine(vertx, DockerHosts.discover(Map.of("DOCKER_HOST", host()))));
        var settings = Settings.of(vertx, Settings.json(real));
        supervisor = new TailSupervisor(engine, Settings.CONTROLLER, limits());
        await(vertx.deployVerticle(new DockerWatcher(engine, settings, new OwnContainers(Set.of()))));
        await(vertx.deployVerticle(supervisor));
    }

    @AfterEach
    void close() {
        real.thaw();
        await(vertx.close());
        real.start();
        real.removeContainers();
    }

    /** Address of the engine: its own socket. */
    String host() {
        return real.host();
    }

    /** The engine as the tails see it. */
    public DockerEngine engine(DockerEngine itself) {
        return itself;
    }

    public TailLimits limits() {
        return TailLimits.withLines(MAX_LINES);
    }

    /** Labels of Compose for the container {@code number} of the service {@code web} in the project {@code p}. */
    static Map<String, String> labels(String number) {
        return Map.of(
                "com.docker.compose.project", "p",
                "com.docker.compose.service", "web",
                "com.docker.compose.container-number", number);
    }

    TestReader reader() {
        return new TestReader(vertx, "sub-" + readers++);
    }

    public LogPage page(ReadLogs request) {
        return await(Bus.of(vertx).ask(Addresses.readLogs(Settings.CONTROLLER), request));
    }

    /** The lines without their timestamps. */
    public static List<String> texts(LogPage page) {
        return page.lines().lines().stream()
                .map(line -> line.substring(DockerTimestamp.LENGTH))
                .toList();
    }

    public static List<String> numbers(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(Integer::toString).toList();
    }

    /** Runs a container until it ends. */
    public void runToEnd(String name, String script, String... options) {
        real.run(name, script, options);
        real.awaitExit(name);
    }

    /** Waits until the newest stored line ends with this text. */
    void awaitStored(String container, String text) {
        Awaitility.await("stored: " + text)
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> page(ReadLogs.newest(container, 1)).lines().lines().stream()
                        .anyMatch(line -> line.endsWith(" " + text)));
    }

    void awaitTails(int count) {
        Awaitility.await("tails: " + count)
                .atMost(Duration.ofSeconds(25))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> supervisor.liveTails() == count);
    }
}
