package io.dockrelay.docker;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.Statistics;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.docker.DockerEngineException.Kind;

import static io.dockrelay.docker.EngineCalls.await;
import static io.dockrelay.docker.EngineCalls.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** On a scripted engine: answers that a real one cannot be made to send. */
class ScriptedEngineTest extends OnScriptedEngine {

    private static final Logger LOG = LoggerFactory.getLogger(ScriptedEngineTest.class);

    private String newest = "1.41";
    private String oldest = "1.12";

    @Test
    void smallerOfBothApiVersionsIsUsed() {
        assertThat(engine.version()).isNull();
        await(engine.call(docker -> docker.listContainersCmd().exec()));
        await(engine.call(docker -> docker.listContainersCmd().exec()));

        assertThat(asked).containsExactly("/version", "/v1.41/containers/json", "/v1.41/containers/json");
        assertThat(engine.version().engine()).isEqualTo("scripted");
        assertThat(engine.version().api()).isEqualTo(new ApiVersion(1, 41));
    }

    @Test
    void consecutiveCommandsShareTheirConnections() {
        for (int i = 0; i < 50; i++) {
            await(engine.call(docker -> docker.listContainersCmd().exec()));
            await(engine.call(docker -> docker.inspectContainerCmd("chunked").exec()));
        }

        assertThat(asked).hasSize(101);
        // A few, because the next request may start before the end of a response has returned its connection.
        assertThat(connections.get()).isBetween(1, 5);
    }

    @Test
    void commandThatOutlivesItsVertxCompletes() {
        Vertx shortLived = Vertx.vertx();
        DockerEngine other = new HttpDockerEngine(shortLived, EngineCalls.at("tcp://127.0.0.1:" + server.actualPort()));
        CompletableFuture<Void> started = new CompletableFuture<>();
        CompletableFuture<Void> closed = new CompletableFuture<>();
        Future<String> running = other.call(docker -> {
            docker.listContainersCmd().exec();
            started.complete(null);
            closed.join();
            return "late";
        });
        started.orTimeout(5, TimeUnit.SECONDS).join();
        await(shortLived.close());

        closed.complete(null);

        assertThat(await(running)).isEqualTo("late");
    }

    @Test
    void newerEngineIsCalledWithTheNewestKnownApi() {
        newest = "1.99";

        await(engine.call(docker -> docker.listContainersCmd().exec()));

        assertThat(asked.get(1)).startsWith("/v" + ApiChoice.OUR_NEWEST + "/");
    }

    @Test
    void engineThatIsTooNewIsRefusedWithBothVersions() {
        newest = "1.99";
        oldest = "1.90";

        DockerEngineException refused =
                failure(engine.call(docker -> docker.listContainersCmd().exec()));

        assertThat(refused.kind()).isEqualTo(Kind.API_TOO_OLD);
        assertThat(refused)
                .hasMessageContaining("accepts API 1.90 and newer")
                .hasMessageContaining(ApiChoice.OUR_NEWEST.toString());
        assertThat(failure(engine.logs("x", LogQuery.newest(1, false))).kind()).isEqualTo(Kind.API_TOO_OLD);
    }

    @Test
    void apiVersionIsNegotiatedAgainAfterTheEngineReturns() {
        await(engine.call(docker -> docker.listContainersCmd().exec()));
        int port = server.actualPort();
        await(server.close());
        newest = "1.42";
        server = await(vertx.createHttpServer().requestHandler(this::received).listen(port, "127.0.0.1"));

        await().ignoreExceptions().until(() -> {
            await(engine.call(docker -> docker.listContainersCmd().exec()));
            return engine.version().api().equals(new ApiVersion(1, 42));
        });

        assertThat(asked.get(asked.size() - 1)).startsWith("/v1.42/");
    }

    @Test
    void followerGetsItsStreamBeforeASilentEngineAnswers() {
        // "mute" gets no response at first; Podman sends none before a container's first line.
        LogRecorder log = await(LogRecorder.reading(engine.logs("mute", LogQuery.following(0, false))));

        assertThat(log.ended).isNotDone();
        await(silent.response().setStatusCode(404).end("{\"message\":\"gone meanwhile\"}"));

        assertThat(log.broken.orTimeout(5, TimeUnit.SECONDS).join()).hasMessage("gone meanwhile");
    }

    @Test
    void streamOfAnUndeployedVerticleIsClosedAtTheDeadline() {
        DockerEngine impatient = new HttpDockerEngine(
                vertx,
                EngineCalls.at("tcp://127.0.0.1:" + server.actualPort()),
                DockerEngineOptions.defaults().withDeadline(Duration.ofMillis(800)));
        String asking = await(vertx.deployVerticle(new VerticleBase() {
            @Override
            public Future<?> start() {
                impatient
                        .logs("mute", LogQuery.following(0, false))
                        .onFailure(late -> LOG.debug("As expected: {}", late.toString()));
                return Future.succeededFuture();
            }
        }));
        await().until(() -> silent != null);
        CompletableFuture<Void> closed = new CompletableFuture<>();
        silent.connection().closeHandler(gone -> closed.complete(null));

        await(vertx.undeploy(asking));

        closed.orTimeout(5, TimeUnit.SECONDS).join();
        await(impatient.close());
    }

    @Test
    void lateAnswerOfASilentEngineArrives() {
        LogRecorder log = await(LogRecorder.reading(engine.logs("mute", LogQuery.following(0, true))));

        silent.response().setChunked(true);
        await(silent.response().write("first"));
        await(silent.response().end(" last"));

        log.ended.orTimeout(5, TimeUnit.SECONDS).join();
        assertThat(log.out()).isEqualTo("first last");
    }

    @Test
    void measurementsAreDecodedWhereverTheyAreCut() throws InterruptedException {
        BlockingQueue<Statistics> measured = new LinkedBlockingQueue<>();
        JsonStream<Statistics> stats = await(engine.stats("measured"));
        stats.handler(measured::add);
        stats.resume();

        Statistics first = measured.poll(5, TimeUnit.SECONDS);
        Statistics second = measured.poll(5, TimeUnit.SECONDS);
        assertThat(first.getMemoryStats().getUsage()).isEqualTo(1_000);
        assertThat(second.getCpuStats().getCpuUsage().getTotalUsage()).isEqualTo(20);
        stats.cancel();
    }

    @Test
    void answerThatIsNotJsonFailsTheStream() {
        CompletableFuture<Throwable> broken = new CompletableFuture<>();
        JsonStream<Event> events = await(engine.events(EventQuery.all()));
        events.exceptionHandler(broken::complete);
        events.resume();

        assertThat(broken.orTimeout(5, TimeUnit.SECONDS).join())
                .isInstanceOfSatisfying(
                        DockerEngineException.class,
                        unreadable -> assertThat(unreadable.kind()).isEqualTo(Kind.SERVER_ERROR));
    }

    /** The end arrives in a packet of its own, after docker-java has read the object. */
    private void chunked(HttpServerRequest request) {
        request.response().setChunked(true);
        request.response()
                .write("{\"Id\":\"1\"}")
                .compose(sent -> vertx.timer(5))
                .compose(later -> request.response().end(" \n"))
                .onFailure(gone -> LOG.debug("The client went: {}", gone.toString()));
    }

    private static void measure(HttpServerRequest request) {
        request.response().setChunked(true);
        request.response()
                .write("{\"memory_stats\":{\"usage\":1000}}\n{\"cpu_stats\":{\"cpu_us")
                .compose(sent -> request.response().write("age\":{\"total_usage\":20}}}\n"))
                .onFailure(gone -> LOG.debug("The client went: {}", gone.toString()));
    }

    /** The request that only the test answers. Null before it arrives. */
    private volatile HttpServerRequest silent;

    @Override
    void answer(HttpServerRequest request) {
        switch (request.path().replaceFirst("^/v[0-9.]+/", "/")) {
            case "/version" ->
                reply(
                        request,
                        "{\"Version\":\"scripted\",\"ApiVersion\":\"" + newest + "\",\"MinAPIVersion\":\"" + oldest
                                + "\",\"Os\":\"linux\",\"Arch\":\"amd64\"}");
            case "/containers/mute/logs" -> silent = request;
            case "/containers/chunked/json" -> chunked(request);
            case "/containers/measured/stats" -> measure(request);
            default -> reply(request, "[]");
        }
    }

    private static void reply(HttpServerRequest request, String body) {
        request.response()
                .putHeader("content-type", "application/json")
                .end(body)
                .onFailure(gone -> LOG.debug("The client went: {}", gone.toString()));
    }
}
