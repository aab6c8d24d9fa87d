package io.dockrelay.controller.inventory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.dockrelay.controller.testing.BusRecorder;
import io.dockrelay.controller.testing.Settings;
import io.dockrelay.docker.DockerEngine;
import io.dockrelay.docker.DockerHosts;
import io.dockrelay.docker.HttpDockerEngine;
import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.ChangeReason;
import io.dockrelay.protocol.state.ContainerStatus;

import static io.dockrelay.controller.testing.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What Compose does to a service, with the Compose that is installed: 1.x renames the old container, 2.x the new. */
@OnRealEngine
class ComposeRecreationTest {

    private static final Duration A_WHILE = Duration.ofSeconds(20);

    private final TestEngine real;
    private final Vertx vertx = Vertx.vertx();
    private final BusRecorder recorder = new BusRecorder(vertx);

    @TempDir
    private Path folder;

    ComposeRecreationTest(TestEngine real) {
        this.real = real;
    }

    @AfterEach
    void close() {
        await(vertx.close());
        real.removeContainers();
    }

    @Test
    void serviceIsCreatedAndRecreatedWithoutATemporaryName() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/docker-compose")), "Compose is not installed");
        Path file = write("first");
        var settings = Settings.of(
                vertx,
                Settings.json(real)
                        .put("composeProject", "shop")
                        .put("composeFiles", new JsonArray().add(file.toString())));
        DockerEngine engine = new HttpDockerEngine(vertx, DockerHosts.discover(Map.of("DOCKER_HOST", real.host())));
        await(vertx.deployVerticle(new DockerWatcher(engine, settings, new OwnContainers(Set.of()))));

        compose(file);
        Change created = recorder.awaitChange(A_WHILE, change -> change.reason() == ChangeReason.CREATED);
        assertThat(created.previousStatus()).isEqualTo(ContainerStatus.NOT_CREATED);
        recorder.awaitChange(A_WHILE, Change::running);

        compose(write("second"));
        Change recreated = recorder.awaitChange(A_WHILE, change -> change.reason() == ChangeReason.RECREATED);
        recorder.awaitChange(
                A_WHILE, change -> change.running() && recreated.id().equals(change.id()));
        assertThat(recorder.changes()).extracting(Change::name).containsOnly("web");
        assertThat(recorder.changes()).extracting(Change::reason).doesNotContain(ChangeReason.REMOVED);

        real.removeContainers();
        assertThat(recorder.awaitChange(A_WHILE, change -> change.reason() == ChangeReason.REMOVED)
                        .currentStatus())
                .isEqualTo(ContainerStatus.NOT_CREATED);
    }

    private Path write(String word) throws IOException {
        return Files.writeString(folder.resolve("docker-compose.yml"), """
                version: "3.8"
                services:
                  web:
                    image: %s
                    network_mode: none
                    command: ["sh", "-c", "echo %s; trap 'exit 0' TERM; while :; do sleep 1000 & wait; done"]
                """.formatted(TestEngine.IMAGE, word));
    }

    private void compose(Path file) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("/usr/bin/docker-compose", "-p", "shop", "-f", file.toString()));
        command.addAll(List.of("up", "-d"));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(real.environment());
        builder.redirectOutput(folder.resolve("compose.log").toFile());
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("compose.log")))
                .isZero();
    }
}
