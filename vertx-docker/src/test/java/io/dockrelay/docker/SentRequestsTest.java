package io.dockrelay.docker;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static io.dockrelay.docker.EngineCalls.await;
import static io.dockrelay.docker.EngineCalls.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * The bytes of each request that this program sends, read at the socket: path, query and body. A default of docker-java
 * that reaches the engine looks there like a choice of the user. A docker-java command that is used somewhere new gets a
 * row here; the architecture's rules hold that none is forgotten.
 */
class SentRequestsTest extends OnScriptedEngine {

    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final Optional<Duration> OWN_GRACE = Optional.empty();

    private static final String BASE_PATH = "/some%20path/engine";

    private final List<String> sent = new CopyOnWriteArrayList<>();

    /** The engine's answer to an action. */
    private int status = 204;

    interface Use extends Function<DockerEngine, Future<?>> {}

    static Stream<Arguments> uses() {
        return Stream.of(
                // docker-java's commands
                use(engine -> engine.call(docker -> docker.infoCmd().exec()), "GET /v1.41/info"),
                use(
                        engine -> engine.call(
                                docker -> docker.inspectContainerCmd("web").exec()),
                        "GET /v1.41/containers/web/json"),
                use(
                        engine -> engine.call(
                                docker -> docker.startContainerCmd("web").exec()),
                        "POST /v1.41/containers/web/start"),
                use(
                        engine -> engine.call(
                                docker -> docker.killContainerCmd("web").exec()),
                        "POST /v1.41/containers/web/kill"),
                // our own
                use(engine -> engine.stop("web", OWN_GRACE, DEADLINE), "POST /v1.41/containers/web/stop"),
                use(engine -> engine.restart("web", OWN_GRACE, DEADLINE), "POST /v1.41/containers/web/restart"),
                use(engine -> engine.stop("web", grace(0), DEADLINE), "POST /v1.41/containers/web/stop?t=0"),
                use(engine -> engine.stop("web", grace(90), DEADLINE), "POST /v1.41/containers/web/stop?t=90"),
                use(engine -> engine.restart("web", grace(90), DEADLINE), "POST /v1.41/containers/web/restart?t=90"),
                use(engine -> engine.inspect("web", DEADLINE), "GET /v1.41/containers/web/json"),
                use(engine -> engine.containers(Map.of(), DEADLINE), "GET /v1.41/containers/json?all=1"),
                use(
                        engine -> engine.logs("web", LogQuery.newest(5, false)),
                        "GET /v1.41/containers/web/logs?stdout=1&stderr=1&timestamps=1&follow=0&tail=5"),
                use(engine -> engine.events(EventQuery.all()), "GET /v1.41/events"),
                use(engine -> engine.stats("web"), "GET /v1.41/containers/web/stats?stream=1"),
                use(engine -> engine.statsNow("web", DEADLINE), "GET /v1.41/containers/web/stats?stream=0&one-shot=1"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("uses")
    void engineGetsNoDefaultsOfTheLibrary(Use use, String request) {
        await(use.apply(engine));

        assertThat(sent).containsExactly(request);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("uses")
    void pathOfTheHostPrecedesEachRequest(Use use, String request) {
        String host = "tcp://127.0.0.1:" + server.actualPort();
        DockerEngine proxied = new HttpDockerEngine(vertx, EngineCalls.at(host + BASE_PATH + "/"));

        await(use.apply(proxied));

        String method = request.substring(0, request.indexOf('/'));
        assertThat(sent).containsExactly(method + BASE_PATH + request.substring(method.length()));
        assertThat(asked).allMatch(uri -> uri.startsWith(BASE_PATH + "/"));
        await(proxied.close());
    }

    @Test
    void actionThatIsNotNecessarySucceeds() {
        status = 304;

        await(engine.stop("web", OWN_GRACE, DEADLINE));
    }

    @Test
    void refusedActionFailsWithTheEnginesMessage() {
        status = 409;

        assertThat(failure(engine.restart("web", OWN_GRACE, DEADLINE)))
                .hasMessage("not now")
                .extracting(DockerEngineException::kind)
                .isEqualTo(DockerEngineException.Kind.CONFLICT);
    }

    private static Arguments use(Use use, String request) {
        return arguments(use, request);
    }

    private static Optional<Duration> grace(long seconds) {
        return Optional.of(Duration.ofSeconds(seconds));
    }

    @Override
    void answer(HttpServerRequest request) {
        request.body()
                .compose(body -> {
                    if (!request.path().endsWith("/version")) {
                        sent.add((request.method() + " " + request.uri() + " " + body).strip());
                    }
                    return reply(request);
                })
                .onFailure(gone -> sent.add(gone.toString()));
    }

    private Future<Void> reply(HttpServerRequest request) {
        String path = request.path().replaceFirst("^(" + BASE_PATH + ")?(/v[0-9.]+)?/", "/");
        var response = request.response().putHeader("content-type", "application/json");
        return switch (path) {
            case "/version" ->
                response.end("{\"Version\":\"scripted\",\"ApiVersion\":\"1.41\",\"MinAPIVersion\":\"1.12\"}");
            case "/containers/json" -> response.end("[]");
            case "/containers/web/stop", "/containers/web/restart" ->
                status == 409
                        ? response.setStatusCode(status).end("{\"message\":\"not now\"}")
                        : response.setStatusCode(status).end();
            case "/containers/web/start", "/containers/web/kill" ->
                response.setStatusCode(204).end();
            default -> response.end("{}");
        };
    }
}
