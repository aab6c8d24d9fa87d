package io.dockrelay.example;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.dockrelay.controller.ControllerVerticle;
import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.settings.SettingsLoader;

import static org.assertj.core.api.Assertions.assertThat;

/** The examples beside a whole controller, on a real engine. */
@OnRealEngine
class ExamplesTest {

    private final TestEngine engine;
    private final Vertx vertx = Vertx.vertx();

    ExamplesTest(TestEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() throws Exception {
        engine.removeContainers();
        var config = new JsonObject()
                .put("id", "edge-1")
                .put("apiPort", 0)
                .put("wsPort", 0)
                .put("dockerHost", engine.host())
                .put("loadHistory", "off")
                .put(SettingsLoader.ENVIRONMENT, new JsonObject());
        deploy(new ControllerVerticle(), config);
    }

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
        engine.removeContainers();
    }

    @Test
    void everyChangeIsPrinted() throws Exception {
        BlockingQueue<String> printed = new LinkedBlockingQueue<>();
        deploy(new PrintChanges(printed::add), new JsonObject());
        assertThat(printed.poll(20, TimeUnit.SECONDS)).isEqualTo("edge-1 has 0 containers");
        engine.run("web", "sleep 1000");
        until(() -> printed.stream().anyMatch(line -> line.matches("edge-1/web: \\w+ -> RUNNING")));
        engine.docker("kill", "web");
        until(() -> printed.contains("edge-1/web: RUNNING -> EXITED"));
    }

    @Test
    void logIsCopiedOnceOverRestartsAndACrash(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("web.log");
        var config = new JsonObject()
                .put("controller", "edge-1")
                .put("container", "web")
                .put("file", file.toString());
        String first = deploy(new FollowToFile(), config);
        engine.run(
                "web",
                "i=0; while [ $i -lt 1500 ]; do i=$((i+1)); echo line $i; [ $((i%50)) != 0 ] || sleep 0.1; done");
        until(() -> texts(file).size() > 100);
        await(vertx.undeploy(first));
        Files.writeString(
                file, "2025-11-25T22:52:30.123456789Z a line that was not complete", StandardOpenOption.APPEND);
        String second = deploy(new FollowToFile(), config);
        until(() -> texts(file).size() == 1500);
        await(vertx.undeploy(second));

        assertThat(texts(file))
                .isEqualTo(IntStream.rangeClosed(1, 1500)
                        .mapToObj(i -> "line " + i)
                        .toList());
    }

    @Test
    void containerThatBecomesUnhealthyIsRestarted() throws Exception {
        deploy(new RestartUnhealthy(), new JsonObject());
        engine.run(
                "web",
                "rm -f /tmp/sick; sleep 1000",
                "--health-cmd",
                "test ! -f /tmp/sick",
                "--health-interval",
                "1s",
                "--health-retries",
                "1");
        until(() -> state("{{.State.Health.Status}}").equals("healthy"));
        String began = state("{{.State.StartedAt}}");
        engine.docker("exec", "web", "touch", "/tmp/sick");
        until(() -> !state("{{.State.StartedAt}}").equals(began)
                && state("{{.State.Health.Status}}").equals("healthy"));
    }

    private String state(String format) {
        return engine.docker("inspect", "--format", format, "web").strip();
    }

    private static List<String> texts(Path file) throws Exception {
        return Files.exists(file)
                ? Files.readAllLines(file).stream()
                        .map(line -> line.substring(line.indexOf(' ') + 1))
                        .toList()
                : List.of();
    }

    @CanIgnoreReturnValue
    private String deploy(Deployable verticle, JsonObject config) throws Exception {
        return await(vertx.deployVerticle(verticle, new DeploymentOptions().setConfig(config)));
    }

    private static void until(Callable<Boolean> condition) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(condition);
    }

    @CanIgnoreReturnValue
    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
