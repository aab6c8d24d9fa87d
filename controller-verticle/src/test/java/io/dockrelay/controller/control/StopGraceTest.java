package io.dockrelay.controller.control;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import com.github.dockerjava.core.DefaultDockerClientConfig;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.dockrelay.controller.inventory.OwnContainers;
import io.dockrelay.docker.DockerEngine;
import io.dockrelay.docker.HttpDockerEngine;
import io.dockrelay.protocol.state.ContainerAction;

import static io.dockrelay.controller.testing.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

/** What the engine is asked for on a stop and a restart, and how long its answer may take. */
class StopGraceTest {

    private final Vertx vertx = Vertx.vertx();
    private final List<String> ordered = new CopyOnWriteArrayList<>();
    private final List<Duration> deadlines = new CopyOnWriteArrayList<>();
    private volatile String stopTimeout;
    private volatile String status = "running";
    private DockerEngine engine;

    @BeforeEach
    void listen() {
        HttpServer server =
                await(vertx.createHttpServer().requestHandler(this::answer).listen(0, "127.0.0.1"));
        var config = new DefaultDockerClientConfig.Builder()
                .withDockerHost("tcp://127.0.0.1:" + server.actualPort())
                .withDockerConfig("/nowhere")
                .build();
        engine = new HttpDockerEngine(vertx, config);
    }

    @AfterEach
    void close() {
        await(engine.close());
        await(vertx.close());
    }

    /** The deadline is the grace and 30 s. */
    @ParameterizedTest
    @CsvSource({
        "'', null,       /containers/web/ACTION,       PT40S",
        "'', 3,          /containers/web/ACTION,       PT33S",
        "'', 45,         /containers/web/ACTION,       PT1M15S",
        "'', 0,          /containers/web/ACTION,       PT30S",
        "'', 3600,       /containers/web/ACTION,       PT1H30S",
        "'', -1,         /containers/web/ACTION,       PT24H30S",
        "'', 2147483647, /containers/web/ACTION,       PT24H30S",
        "20, 3600,       /containers/web/ACTION?t=20,  PT50S",
        "0,  45,         /containers/web/ACTION?t=0,   PT30S",
        "300, null,      /containers/web/ACTION?t=300, PT5M30S"
    })
    void anEmptySettingLeavesTheGraceToTheContainer(String setting, String own, String request, Duration deadline) {
        stopTimeout = own;
        Optional<Duration> grace =
                setting.isEmpty() ? Optional.empty() : Optional.of(Duration.ofSeconds(Long.parseLong(setting)));
        var actions = new EngineActions(recorded(engine), OwnContainers.of("", "", null), grace);

        await(actions.run("web", ContainerAction.STOP));
        status = "running";
        await(actions.run("web", ContainerAction.RESTART));

        assertThat(ordered).containsExactly(request.replace("ACTION", "stop"), request.replace("ACTION", "restart"));
        assertThat(deadlines).containsExactly(deadline, deadline);
    }

    /** The same engine; the deadline of each stop and restart is recorded. */
    private DockerEngine recorded(DockerEngine target) {
        return (DockerEngine) Proxy.newProxyInstance(
                DockerEngine.class.getClassLoader(),
                new Class<?>[] {DockerEngine.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("stop") || method.getName().equals("restart")) {
                        deadlines.add((Duration) arguments[arguments.length - 1]);
                    }
                    try {
                        return method.invoke(target, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    private void answer(HttpServerRequest request) {
        String uri = request.uri().replaceFirst("^/v[0-9.]+/", "/");
        String body = switch (uri) {
            case "/version" -> "{\"Version\":\"scripted\",\"ApiVersion\":\"1.41\",\"MinAPIVersion\":\"1.12\"}";
            case "/containers/web/json" ->
                "{\"Id\":\"web\",\"State\":{\"Status\":\"" + status + "\",\"ExitCode\":0},"
                        + "\"Config\":{\"Image\":\"x\",\"StopTimeout\":" + stopTimeout + "}}";
            default -> obeyed(uri);
        };
        request.response()
                .setStatusCode(body.isEmpty() ? 204 : 200)
                .putHeader("content-type", "application/json")
                .end(body)
                .onFailure(gone -> ordered.add(gone.toString()));
    }

    private String obeyed(String uri) {
        ordered.add(uri);
        status = uri.contains("/stop") ? "exited" : "running";
        return "";
    }
}
