package io.dockrelay.docker;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import com.github.dockerjava.api.model.Container;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.dockrelay.docker.DockerEngineException.Kind;

import static io.dockrelay.docker.EngineCalls.await;
import static io.dockrelay.docker.EngineCalls.failure;
import static org.assertj.core.api.Assertions.assertThat;

/** Requests that bypass docker-java's commands, on a scripted engine. */
class EngineReadsTest extends OnScriptedEngine {

    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final String ONE = "[{\"Id\":\"1\",\"Names\":[\"/one\"]}]";

    /** Null for no answer at all. */
    private volatile String list = ONE;

    private volatile boolean negotiates = true;

    @Test
    void sameAnswerReturnsTheSameList() {
        List<Container> first = await(engine.containers(Map.of(), DEADLINE));
        List<Container> again = await(engine.containers(Map.of(), DEADLINE));

        assertThat(names(first)).containsExactly("/one");
        assertThat(again).isSameAs(first);
    }

    @Test
    void onlyChangedContainersAreParsedAgain() {
        list = " [ {\"Id\":\"1\",\"Names\":[\"/ä ]}\"]} ,{\"Id\":\"2\",\"Names\":[\"/two\"]}]\n";
        List<Container> before = await(engine.containers(Map.of(), DEADLINE));
        list = "[{\"Id\":\"3\",\"Names\":[\"/three\"]},{\"Id\":\"1\",\"Names\":[\"/ä ]}\"]},"
                + "{\"Id\":\"2\",\"Names\":[\"/second\"]}]";
        List<Container> after = await(engine.containers(Map.of(), DEADLINE));

        assertThat(names(before)).containsExactly("/ä ]}", "/two");
        assertThat(names(after)).containsExactly("/three", "/ä ]}", "/second");
        assertThat(after.get(1)).isSameAs(before.get(0));
    }

    @Test
    void filtersAreSentAndAnswersAreCachedPerFilter() {
        List<Container> all = await(engine.containers(Map.of(), DEADLINE));
        List<Container> green = await(engine.containers(Map.of("label", List.of("colour=green")), DEADLINE));

        assertThat(green).isNotSameAs(all);
        assertThat(asked)
                .containsExactly(
                        "/version",
                        "/v1.41/containers/json?all=1",
                        "/v1.41/containers/json?all=1&filters=%7B%22label%22%3A%5B%22colour%3Dgreen%22%5D%7D");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "{}", "[1]", "[{\"Id\":\"1\"}", ""})
    void answerThatIsNotAListIsAServerError(String answer) {
        list = answer;

        DockerEngineException unreadable = failure(engine.containers(Map.of(), DEADLINE));

        assertThat(unreadable.kind()).isEqualTo(Kind.SERVER_ERROR);
        assertThat(unreadable).hasMessageContaining("could not be read");
    }

    @Test
    void lateAnswerIsATimeoutAndTheNextOneArrives() {
        list = null;
        assertThat(failure(engine.containers(Map.of(), Duration.ofMillis(200))).kind())
                .isEqualTo(Kind.TIMEOUT);

        list = ONE;
        assertThat(await(engine.containers(Map.of(), DEADLINE))).hasSize(1);
    }

    @Test
    void deadlineIncludesTheNegotiation() {
        negotiates = false;

        assertThat(failure(engine.containers(Map.of(), Duration.ofMillis(200))).kind())
                .isEqualTo(Kind.TIMEOUT);
    }

    /** A verticle's timers end with it, and other callers wait for the same response. */
    @Test
    void negotiationOutlivesTheVerticleThatStartedIt() {
        negotiates = false;
        DockerEngine impatient = new HttpDockerEngine(
                vertx,
                EngineCalls.at("tcp://127.0.0.1:" + server.actualPort()),
                DockerEngineOptions.defaults().withDeadline(Duration.ofMillis(500)));
        var first = new VerticleBase() {
            @Override
            public Future<?> start() {
                impatient.containers(Map.of(), DEADLINE).onFailure(gone -> asked.add("undeployed"));
                return Future.succeededFuture();
            }
        };
        await(vertx.deployVerticle(first).compose(vertx::undeploy));

        assertThat(failure(impatient.containers(Map.of(), DEADLINE)).kind()).isEqualTo(Kind.TIMEOUT);
        negotiates = true;
        assertThat(await(impatient.containers(Map.of(), DEADLINE))).hasSize(1);
        await(impatient.close());
    }

    @Test
    void refusedRequestsReturnTheirConnections() {
        for (int i = 0; i < 40; i++) {
            assertThat(failure(engine.inspect("refused", DEADLINE)))
                    .hasMessage("there is none")
                    .extracting(DockerEngineException::kind)
                    .isEqualTo(Kind.NOT_FOUND);
        }
        assertThat(connections.get()).isBetween(1, 5);
    }

    @Test
    void truncatedAnswerIsUnreachable() {
        assertThat(failure(engine.inspect("cut", DEADLINE)).kind()).isEqualTo(Kind.UNREACHABLE);
    }

    /** One command at a time, and one that waits: the third is not sent, which says nothing about the engine. */
    @Test
    void fullPoolIsBusyAndTheEngineIsNotUnreachable() {
        DockerEngine narrow = new HttpDockerEngine(
                vertx,
                EngineCalls.at("tcp://127.0.0.1:" + server.actualPort()),
                new DockerEngineOptions(1, 1, 1, DEADLINE, DEADLINE));
        await(narrow.containers(Map.of(), DEADLINE));
        list = null;
        Duration late = Duration.ofSeconds(1);
        Future<?> sent = narrow.inspect("one", late);
        Future<?> waiting = narrow.inspect("two", late);

        assertThat(failure(narrow.inspect("three", late)).kind()).isEqualTo(Kind.BUSY);
        assertThat(failure(sent).kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(failure(waiting).kind()).isEqualTo(Kind.TIMEOUT);
        await(narrow.close());
    }

    @Test
    void resultArrivesOnTheCallersContext() {
        CompletableFuture<Context> received = new CompletableFuture<>();
        Context context = vertx.getOrCreateContext();
        context.runOnContext(now -> engine.containers(Map.of(), DEADLINE)
                .onSuccess(listed -> received.complete(Vertx.currentContext()))
                .onFailure(received::completeExceptionally));

        assertThat(received.orTimeout(5, TimeUnit.SECONDS).join()).isEqualTo(context);
    }

    private static List<String> names(List<Container> containers) {
        return containers.stream().map(one -> one.getNames()[0]).toList();
    }

    @Override
    void answer(HttpServerRequest request) {
        if (request.path().endsWith("/refused/json")) {
            request.response()
                    .setStatusCode(404)
                    .end("{\"message\":\"there is none\"}")
                    .onFailure(gone -> {});
            return;
        }
        if (request.path().endsWith("/cut/json")) {
            request.response()
                    .putHeader("content-length", "100")
                    .write("{")
                    .onComplete(sent -> request.connection().close());
            return;
        }
        boolean version = request.path().equals("/version");
        String body = version ? negotiates ? "{\"Version\":\"scripted\",\"ApiVersion\":\"1.41\"}" : null : list;
        if (body != null) {
            request.response().end(body).onFailure(gone -> asked.add("the client disconnected"));
        }
    }
}
