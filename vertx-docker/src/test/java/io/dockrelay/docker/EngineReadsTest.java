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

import static io.dockrelay.docker.CommandQuestions.await;
import static io.dockrelay.docker.CommandQuestions.failure;
import static org.assertj.core.api.Assertions.assertThat;

/** What is read again and again, on a scripted engine. */
class EngineReadsTest extends OnScriptedEngine {

    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final String ONE = "[{\"Id\":\"1\",\"Names\":[\"/one\"]}]";

    /** Null where nothing is said at all. */
    private volatile String list = ONE;

    private volatile boolean negotiates = true;

    @Test
    void theSameAnswerIsTheSameList() {
        List<Container> first = await(engine.containers(Map.of(), DEADLINE));
        List<Container> again = await(engine.containers(Map.of(), DEADLINE));

        assertThat(names(first)).containsExactly("/one");
        assertThat(again).isSameAs(first);
    }

    @Test
    void whatChangedIsReadAndTheRestIsAsItWas() {
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
    void filtersArePassedOnAndTheirAnswersAreNotTakenForOthers() {
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
    void whatIsNoListIsSaidInOneSentence(String answer) {
        list = answer;

        DockerEngineException unreadable = failure(engine.containers(Map.of(), DEADLINE));

        assertThat(unreadable.kind()).isEqualTo(Kind.SERVER_ERROR);
        assertThat(unreadable).hasMessageContaining("could not be read");
    }

    @Test
    void aLateAnswerIsATimeoutAndTheNextOneIsHeard() {
        list = null;
        assertThat(failure(engine.containers(Map.of(), Duration.ofMillis(200))).kind())
                .isEqualTo(Kind.TIMEOUT);

        list = ONE;
        assertThat(await(engine.containers(Map.of(), DEADLINE))).hasSize(1);
    }

    @Test
    void theDeadlineHoldsWhileTheVersionIsNotKnownYet() {
        negotiates = false;

        assertThat(failure(engine.containers(Map.of(), Duration.ofMillis(200))).kind())
                .isEqualTo(Kind.TIMEOUT);
    }

    /** Its timers end with it, and others wait for the same answer. */
    @Test
    void whoAskedForTheVersionFirstMayLeave() {
        negotiates = false;
        DockerEngine impatient = DockerEngine.create(
                vertx,
                CommandQuestions.at("tcp://127.0.0.1:" + server.actualPort()),
                DockerEngineOptions.defaults().withDeadline(Duration.ofMillis(500)));
        var first = new VerticleBase() {
            @Override
            public Future<?> start() {
                impatient.containers(Map.of(), DEADLINE).onFailure(gone -> asked.add("nobody"));
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
    void refusalsGiveTheirConnectionsBack() {
        for (int i = 0; i < 40; i++) {
            assertThat(failure(engine.inspect("refused", DEADLINE)))
                    .hasMessage("there is none")
                    .extracting(DockerEngineException::kind)
                    .isEqualTo(Kind.NOT_FOUND);
        }
        assertThat(connections.get()).isBetween(1, 5);
    }

    @Test
    void anAnswerThatIsCutIsUnreachable() {
        assertThat(failure(engine.inspect("cut", DEADLINE)).kind()).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void theCallerHearsOnTheContextItAskedOn() {
        CompletableFuture<Context> heard = new CompletableFuture<>();
        Context context = vertx.getOrCreateContext();
        context.runOnContext(now -> engine.containers(Map.of(), DEADLINE)
                .onSuccess(listed -> heard.complete(Vertx.currentContext()))
                .onFailure(heard::completeExceptionally));

        assertThat(heard.orTimeout(5, TimeUnit.SECONDS).join()).isEqualTo(context);
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
            request.response().end(body).onFailure(gone -> asked.add("the client went"));
        }
    }
}
