package io.dockrelay.controller.inventory;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.dockrelay.controller.testing.BusRecorder;
import io.dockrelay.controller.testing.Settings;
import io.dockrelay.docker.DockerEngine;
import io.dockrelay.docker.DockerHosts;
import io.dockrelay.docker.HttpDockerEngine;
import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.AskContainers;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.ContainersChanged;
import io.dockrelay.protocol.bus.ContainersSnapshot;
import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.ChangeReason;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.state.ContainerStatus;
import io.dockrelay.protocol.state.Health;

import static io.dockrelay.controller.testing.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.with;

@OnRealEngine
class DockerWatcherTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration A_WHILE = Duration.ofSeconds(10);
    private static final String SLEEP = "trap 'exit 0' TERM; while :; do sleep 1000 & wait; done";

    private final TestEngine real;
    private final Vertx vertx = Vertx.vertx();
    private final BusRecorder recorded = new BusRecorder(vertx);
    private DockerEngine engine;
    private String deployment;

    DockerWatcherTest(TestEngine real) {
        this.real = real;
    }

    @BeforeEach
    void cleanEngine() {
        real.removeContainers();
        engine = new HttpDockerEngine(vertx, DockerHosts.discover(Map.of("DOCKER_HOST", real.host())));
    }

    @AfterEach
    void close() {
        real.thaw();
        await(vertx.close());
        real.start();
        real.removeContainers();
    }

    private void watch() {
        watch(Settings.json(real));
    }

    private void watch(JsonObject settings) {
        var watcher = new DockerWatcher(engine, Settings.of(vertx, settings), new OwnContainers(Set.of()));
        deployment = await(vertx.deployVerticle(watcher));
    }

    private ContainersSnapshot ask(boolean fresh) {
        return await(Bus.of(vertx).ask(Addresses.containers(Settings.CONTROLLER), new AskContainers(fresh)));
    }

    @CanIgnoreReturnValue
    private Change awaitReason(ChangeReason reason) {
        return recorded.awaitChange(A_WHILE, change -> change.reason() == reason);
    }

    @Test
    void snapshotContainsAllKnownFacts() {
        real.run("web", Map.of("com.docker.compose.project", "p", "com.docker.compose.service", "w"), SLEEP);
        real.run("ended", "exit 3");
        real.awaitExit("ended");
        real.docker("create", "--name", "never", TestEngine.IMAGE, "true");
        watch();

        ContainersSnapshot snapshot = ask(true);

        assertThat(snapshot.engine().available()).isTrue();
        assertThat(snapshot.containers())
                .extracting(Container::name, Container::status, c -> c.details().exitCode(), Container::created)
                .containsExactly(
                        tuple("ended", ContainerStatus.EXITED, 3, true),
                        tuple("never", ContainerStatus.CREATED, null, true),
                        tuple("web", ContainerStatus.RUNNING, null, true));
        assertThat(snapshot.containers().get(0).details().finishedAt()).isNotNull();
        assertThat(snapshot.containers().get(1).details().startedAt()).isNull();
        assertThat(snapshot.containers().get(2)).satisfies(web -> {
            assertThat(web.id()).matches("[0-9a-f]{12}");
            assertThat(web.details().image()).isEqualTo(TestEngine.IMAGE);
            assertThat(web.details().project()).isEqualTo("p");
            assertThat(web.details().service()).isEqualTo("w");
            assertThat(web.details().startedAt()).isBeforeOrEqualTo(Instant.now());
            assertThat(web.details().restartCount()).isZero();
            assertThat(web.statusDetail()).startsWith("Up ");
        });
        assertThat(recorded.changed).isEmpty();
    }

    @Test
    void changeIsPublishedWithinASecondAndNothingElseIs() {
        real.run("web", SLEEP);
        watch();
        with().during(Duration.ofSeconds(5)).atMost(A_WHILE).await().until(recorded.changed::isEmpty);

        real.docker("stop", "web");
        Change stopped = recorded.awaitChange(SECOND, change -> change.currentStatus() == ContainerStatus.EXITED);
        assertThat(stopped.reason()).isEqualTo(ChangeReason.STOPPED);
        assertThat(stopped.exitCode()).isZero();

        real.docker("start", "web");
        assertThat(recorded.awaitChange(SECOND, Change::running).reason()).isEqualTo(ChangeReason.STARTED);
        assertThat(recorded.changed)
                .extracting(ContainersChanged::revision)
                .doesNotHaveDuplicates()
                .isSorted();
    }

    @Test
    void killedContainerIsStoppedAndCrashedContainerHasDied() {
        real.run("killed", SLEEP);
        real.run("crashing", "sleep 2; exit 9");
        watch();
        real.docker("kill", "killed");
        assertThat(recorded.awaitChange(A_WHILE, c -> c.name().equals("killed")))
                .extracting(Change::reason, Change::exitCode)
                .containsExactly(ChangeReason.STOPPED, 137);
        assertThat(recorded.awaitChange(A_WHILE, c -> c.name().equals("crashing")))
                .extracting(Change::reason, Change::exitCode)
                .containsExactly(ChangeReason.DIED, 9);
    }

    @Test
    void endIsPublishedRightAfterItsEvent() {
        real.run("web", "until [ -e /tmp/end ]; do sleep 0.1; done; exit 9");
        watch(Settings.json(real).put("lookInterval", "1m"));
        // Both changes arrive only after the stream of events is open.
        real.docker("pause", "web");
        awaitReason(ChangeReason.PAUSED);
        real.docker("unpause", "web");
        awaitReason(ChangeReason.RESUMED);

        real.docker("exec", "web", "touch", "/tmp/end");

        assertThat(awaitReason(ChangeReason.DIED).exitCode()).isEqualTo(9);
    }

    @Test
    void restartIsPublishedThoughTheStatusIsTheSame() {
        real.run("web", SLEEP);
        watch();
        real.docker("restart", "web");
        recorded.awaitChange(
                Duration.ofSeconds(2),
                c -> c.running() && (c.reason() == ChangeReason.RESTARTED || c.reason() == ChangeReason.STARTED));
    }

    @Test
    void crashLoopIsPublishedAsDied() {
        watch();
        real.run("loop", "exit 7", "--restart", "always");
        assertThat(awaitReason(ChangeReason.DIED).exitCode()).isEqualTo(7);
        assertThat(recorded.changes())
                .allSatisfy(change -> assertThat(change.name()).isEqualTo("loop"));
    }

    @Test
    void pauseAndResumeArePublished() {
        real.run("web", SLEEP);
        watch();
        real.docker("pause", "web");
        assertThat(awaitReason(ChangeReason.PAUSED).running()).isFalse();
        real.docker("unpause", "web");
        assertThat(awaitReason(ChangeReason.RESUMED).running()).isTrue();
    }

    @Test
    void changeOfHealthIsPublished() {
        watch();
        real.run(
                "probed",
                "sleep 1; touch /tmp/well; sleep 2; rm /tmp/well; " + SLEEP,
                "--health-cmd=test -f /tmp/well",
                "--health-interval=300ms",
                "--health-retries=1",
                "--health-start-period=10s");
        recorded.awaitChange(A_WHILE, c -> c.currentHealth() == Health.STARTING);
        recorded.awaitChange(A_WHILE, c -> c.reason() == ChangeReason.HEALTH && c.currentHealth() == Health.HEALTHY);
        recorded.awaitChange(A_WHILE, c -> c.reason() == ChangeReason.HEALTH && c.currentHealth() == Health.UNHEALTHY);
    }

    @Test
    void renameRemovalAndRecreationArePublished() {
        String id = real.run("aa", SLEEP).substring(0, 12);
        watch();
        real.docker("rename", "aa", "bb");
        assertThat(awaitReason(ChangeReason.RENAMED))
                .extracting(Change::name, Change::id)
                .containsExactly("bb", id);
        real.docker("rm", "-f", "bb");
        assertThat(awaitReason(ChangeReason.REMOVED))
                .extracting(Change::name, Change::id)
                .containsExactly("bb", id);
        real.run("bb", SLEEP);
        assertThat(awaitReason(ChangeReason.CREATED).name()).isEqualTo("bb");
    }

    @Test
    void startThatFailsIsReportedWithTheEnginesSentence() {
        watch();
        real.docker("create", "--name", "web", TestEngine.IMAGE, "/nope");
        awaitReason(ChangeReason.CREATED);

        assertThat(real.dockerExitCode("start", "web")).isNotZero();

        Change died = awaitReason(ChangeReason.DIED);
        assertThat(died.exitCode()).isEqualTo(127);
        assertThat(died.container().status()).isEqualTo(ContainerStatus.CREATED);
        assertThat(died.container().details().exitCode()).isEqualTo(127);
        assertThat(died.container().details().error()).contains("/nope").contains("no such file");
    }

    @Test
    void laterStartThatFailsIsReportedWithTheEnginesSentence() {
        real.docker("create", "--name", "web", TestEngine.IMAGE, "rm", "/bin/rm");
        real.docker("start", "web");
        real.awaitExit("web");
        watch();

        assertThat(real.dockerExitCode("start", "web")).isNotZero();

        assertThat(awaitReason(ChangeReason.DIED).container().details().error()).isNotBlank();
    }

    @Test
    void movedTagLeavesTheReferenceAtCreation() {
        real.docker("tag", TestEngine.IMAGE, "moving:1");
        real.docker("create", "--name", "web", "moving:1", "true");
        real.docker("rmi", "moving:1");
        watch();

        assertThat(ask(true).containers()).singleElement().satisfies(web -> {
            assertThat(web.details().image()).isEqualTo("moving:1");
            assertThat(web.details().imageId()).matches("[0-9a-f]{12}");
        });
    }

    @Test
    void containersOfAnEngineThatWasAwayAtFirstAreNotCreated() {
        real.docker("create", "--name", "old", TestEngine.IMAGE, "true");
        real.stop();
        watch();
        real.start();

        Change seen = recorded.awaitChange(A_WHILE, change -> change.name().equals("old"));

        assertThat(seen.reason()).isNull();
        assertThat(seen.currentStatus()).isEqualTo(ContainerStatus.CREATED);
    }

    @Test
    void settingLimitsTheListToOneProject() {
        real.run("p-web-1", Map.of("com.docker.compose.project", "p", "com.docker.compose.service", "web"), SLEEP);
        real.run("q-web-1", Map.of("com.docker.compose.project", "q", "com.docker.compose.service", "web"), SLEEP);
        watch(Settings.json(real).put("composeProject", "p"));
        assertThat(ask(true).containers())
                .extracting(Container::name, Container::fullName)
                .containsExactly(tuple("web", "p-web-1"));
        real.docker("rm", "-f", "q-web-1");
        real.docker("rm", "-f", "p-web-1");
        awaitReason(ChangeReason.REMOVED);
        assertThat(recorded.changes())
                .hasSizeLessThanOrEqualTo(2)
                .allSatisfy(c -> assertThat(c.name()).isEqualTo("web"));
    }

    @Test
    void changesDuringAnOutageArePublishedAfterIt() {
        real.run("stays", SLEEP);
        real.run("sleeper", SLEEP);
        watch();
        // A stop would end the containers first, and their ends would be published.
        real.kill();
        with().atMost(A_WHILE).await().until(() -> recorded.engine.size() == 1);
        assertThat(recorded.engine.get(0).available()).isFalse();
        assertThat(recorded.engine.get(0).message()).contains(real.socket().toString());

        ContainersSnapshot away = ask(true);
        assertThat(away.engine().available()).isFalse();
        assertThat(away.containers())
                .extracting(
                        Container::name, Container::status, c -> c.lastKnown().status())
                .containsExactly(
                        tuple("sleeper", ContainerStatus.UNKNOWN, ContainerStatus.RUNNING),
                        tuple("stays", ContainerStatus.UNKNOWN, ContainerStatus.RUNNING));

        real.start();
        with().atMost(Duration.ofSeconds(3)).await().until(() -> recorded.engine.size() == 2);
        assertThat(recorded.engine.get(1).available()).isTrue();
        recorded.awaitChange(SECOND, c -> c.name().equals("stays") && c.currentStatus() == ContainerStatus.EXITED);
        recorded.awaitChange(SECOND, c -> c.name().equals("sleeper") && c.currentStatus() == ContainerStatus.EXITED);
        real.docker("start", "stays");
        recorded.awaitChange(SECOND, c -> c.name().equals("stays") && c.running());
        assertThat(recorded.engine).hasSize(2);
    }

    @Test
    void hangingEngineIsAwayUntilItAnswers() {
        real.run("web", SLEEP);
        watch();
        real.freeze();
        with().atMost(Duration.ofSeconds(12)).await().until(() -> recorded.engine.size() == 1);
        real.thaw();
        with().atMost(Duration.ofSeconds(3)).await().until(() -> recorded.engine.size() == 2);
        assertThat(recorded.engine.get(1).available()).isTrue();
        assertThat(recorded.changed).isEmpty();
    }

    @Test
    void startsWithoutAnEngine() {
        real.stop();
        watch();
        assertThat(ask(true).engine().available()).isFalse();
        assertThat(ask(true).containers()).isEmpty();
        real.start();
        with().atMost(Duration.ofSeconds(3)).await().until(() -> recorded.engine.size() == 1);
        real.run("web", SLEEP);
        recorded.awaitChange(SECOND, c -> c.name().equals("web") && c.running());
    }

    @Test
    void controllerAnnouncesItselfAndItsLeaving() {
        watch();
        with().atMost(Duration.ofSeconds(5)).await().until(() -> recorded.presence.size() >= 2);
        assertThat(recorded.presence).allSatisfy(presence -> {
            assertThat(presence.controller()).isEqualTo(Settings.CONTROLLER);
            assertThat(presence.left()).isFalse();
            assertThat(presence.uplink()).isFalse();
        });
        await(vertx.undeploy(deployment));
        with().atMost(A_WHILE).await().until(() -> recorded.presence.getLast().left());
    }
}
