package io.dockrelay.docker;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Container;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.dockrelay.docker.DockerEngineException.Kind;
import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;

import static io.dockrelay.docker.EngineCalls.await;
import static io.dockrelay.docker.EngineCalls.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@OnRealEngine
class CommandsTest {

    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private final TestEngine real;
    private final Vertx vertx = EngineCalls.nativeVertx();
    private DockerEngine engine;

    CommandsTest(TestEngine real) {
        this.real = real;
    }

    @BeforeEach
    void create() {
        engine = new HttpDockerEngine(vertx, EngineCalls.at(real.host()));
    }

    @AfterEach
    void close() {
        real.thaw();
        await(engine.close());
        await(vertx.close());
        real.removeContainers();
    }

    @Test
    void listsAndInspectsByCommand() {
        String id = real.run("lister", "sleep 1000", "--label", "colour=green");

        List<Container> all = await(engine.call(
                docker -> docker.listContainersCmd().withShowAll(true).exec()));
        InspectContainerResponse one =
                await(engine.call(docker -> docker.inspectContainerCmd("lister").exec()));

        assertThat(all).singleElement().satisfies(container -> {
            assertThat(container.getId()).isEqualTo(id);
            assertThat(container.getNames()).containsExactly("/lister");
            assertThat(container.getState()).isEqualTo("running");
            assertThat(container.getLabels()).containsEntry("colour", "green");
        });
        assertThat(one.getId()).isEqualTo(id);
        assertThat(one.getState().getRunning()).isTrue();
    }

    @Test
    void listsAndInspectsWithoutACommand() {
        String green = real.run("green", "sleep 1000", "--label", "colour=green");
        real.run("stopped", "true");

        Map<String, List<String>> filters = Map.of("label", List.of("colour=green"));
        InspectContainerResponse one = await(engine.inspect("green", DEADLINE));

        assertThat(await(engine.containers(Map.of(), DEADLINE)))
                .flatExtracting(container -> List.of(container.getNames()))
                .containsExactlyInAnyOrder("/green", "/stopped");
        assertThat(await(engine.containers(filters, DEADLINE)))
                .extracting(Container::getId)
                .containsExactly(green);
        assertThat(one.getId()).isEqualTo(green);
        assertThat(failure(engine.inspect("nobody", DEADLINE)))
                .hasMessage("No such container: nobody")
                .extracting(DockerEngineException::kind)
                .isEqualTo(Kind.NOT_FOUND);
        assertThat(failure(engine.inspect(" ", DEADLINE)).kind()).isEqualTo(Kind.BAD_REQUEST);
    }

    @Test
    void commandRunsOffTheEventLoopAndCompletesOnTheCallersContext() {
        CompletableFuture<Boolean> sameContext = new CompletableFuture<>();
        Context context = vertx.getOrCreateContext();
        context.runOnContext(now -> engine.call(docker -> Context.isOnEventLoopThread())
                .onSuccess(onLoop -> sameContext.complete(!onLoop && context.equals(Vertx.currentContext())))
                .onFailure(sameContext::completeExceptionally));

        assertThat(sameContext.join()).isTrue();
    }

    @Test
    void missingContainerFailsWithTheEnginesMessage() {
        DockerEngineException missing = failure(
                engine.call(docker -> docker.inspectContainerCmd("nobody").exec()));

        assertThat(missing.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(missing.httpStatus()).isEqualTo(404);
        assertThat(missing).hasMessage("No such container: nobody");
    }

    @Test
    void startingAPausedContainerIsAConflict() {
        real.run("frozen", "sleep 1000");
        real.docker("pause", "frozen");

        DockerEngineException refused =
                failure(engine.call(docker -> docker.startContainerCmd("frozen").exec()));

        assertThat(refused.kind()).isEqualTo(Kind.CONFLICT);
        assertThat(refused.httpStatus()).isEqualTo(409);
        assertThat(refused).hasMessageContaining("paused");
    }

    @Test
    void startingARunningContainerSucceeds() {
        real.run("runner", "sleep 1000");

        await(engine.call(docker -> docker.startContainerCmd("runner").exec()));
    }

    @Test
    void badRequestFailsWithTheEnginesReason() {
        DockerEngineException bad = failure(engine.call(
                docker -> docker.createContainerCmd(TestEngine.IMAGE).exec()));

        assertThat(bad.kind()).isEqualTo(Kind.BAD_REQUEST);
        assertThat(bad).hasMessageContaining("No command specified");
    }

    @Test
    void createsRunsAndRemovesAContainer() {
        await(engine.call(docker -> docker.createContainerCmd(TestEngine.IMAGE)
                .withName("made")
                .withCmd("sh", "-c", "exit 3")
                .exec()));
        await(engine.call(docker -> docker.startContainerCmd("made").exec()));

        assertThat(real.awaitExit("made")).isEqualTo(3);
        await(engine.call(docker -> docker.removeContainerCmd("made").exec()));
        assertThat(real.docker("ps", "-aq")).isEmpty();
    }

    @Test
    void largeBodiesAreTransferred() {
        real.run("copied", "dd if=/dev/zero of=/big bs=1024 count=2000 && sleep 1000");
        String exec = real.docker("exec", "copied", "sh", "-c", "while [ ! -s /big ]; do :; done; echo done");
        assertThat(exec).isEqualTo("done");

        long size = await(engine.call(docker -> length(docker, "copied", "/big")));

        assertThat(size).isGreaterThan(2_000_000);
    }

    @Test
    void commandFailsAtItsDeadlineAndTheNextOneWorks() {
        real.run("waited", "sleep 1000");
        long before = System.nanoTime();

        DockerEngineException late = failure(engine.call(
                Duration.ofMillis(300),
                docker -> docker.waitContainerCmd("waited").start().awaitStatusCode()));
        assertThat(late.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(3));
        await(engine.call(docker -> docker.pingCmd().exec()));
    }

    @Test
    void hungEngineIsATimeoutUntilItAnswersAgain() {
        await(engine.call(docker -> docker.pingCmd().exec()));
        real.freeze();

        DockerEngineException hung = failure(engine.call(
                Duration.ofMillis(300), docker -> docker.listContainersCmd().exec()));
        real.thaw();

        assertThat(hung.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(hung).hasMessageContaining(real.host());
        await(engine.call(docker -> docker.listContainersCmd().exec()));
    }

    @Test
    void missingEngineIsUnreachableAtOnce() {
        DockerEngine absent = new HttpDockerEngine(vertx, EngineCalls.at("unix:///tmp/no-engine-here.sock"));
        long before = System.nanoTime();

        DockerEngineException unreachable =
                failure(absent.call(docker -> docker.pingCmd().exec()));

        assertThat(unreachable.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(unreachable)
                .hasMessageContaining("unix:///tmp/no-engine-here.sock")
                .hasMessageNotContaining("Exception");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
        assertThat(failure(absent.logs("x", LogQuery.following(1, false))).kind())
                .isEqualTo(Kind.UNREACHABLE);
        await(absent.close());
    }

    @Test
    void slowStopsDoNotDelayAList() {
        DockerEngine narrow = new HttpDockerEngine(
                vertx,
                EngineCalls.at(real.host()),
                DockerEngineOptions.defaults().withCommands(1));
        List<String> stubborn = List.of("stubborn-0", "stubborn-1", "stubborn-2", "stubborn-3");
        // The shell is process 1 of its container and ignores stop's signal.
        stubborn.forEach(name -> real.run(name, "while :; do sleep 1; done"));
        List<Future<Void>> stops = new ArrayList<>();
        for (String name : stubborn) {
            stops.add(narrow.call(
                    docker -> docker.stopContainerCmd(name).withTimeout(3).exec()));
        }

        await(narrow.call(
                Duration.ofSeconds(2), docker -> docker.listContainersCmd().exec()));

        assertThat(stops).noneMatch(Future::isComplete);
        await(Future.all(stops));
        await(narrow.close());
    }

    @Test
    void clientIsRefusedAfterItsCallHasEnded() {
        DockerClient escaped = await(engine.call(docker -> docker));

        assertThatThrownBy(() -> escaped.pingCmd().exec())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("over");
        CompletableFuture<Throwable> onLoop = new CompletableFuture<>();
        vertx.runOnContext(now -> {
            try {
                escaped.pingCmd().exec();
                onLoop.complete(null);
            } catch (IllegalStateException refused) {
                onLoop.complete(refused);
            }
        });
        assertThat(onLoop.join()).hasMessageContaining("would block this event loop");
    }

    @Test
    void exceptionOfTheFunctionBecomesADockerEngineException() {
        DockerEngineException typed = failure(engine.call(docker -> {
            throw new IllegalStateException("a bug");
        }));

        assertThat(typed).hasMessageContaining("a bug").hasCauseInstanceOf(IllegalStateException.class);
    }

    private static long length(DockerClient docker, String container, String path) {
        try (InputStream tar =
                docker.copyArchiveFromContainerCmd(container, path).exec()) {
            return tar.readAllBytes().length;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
