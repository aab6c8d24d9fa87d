package io.dockrelay.controller.control;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.dockrelay.controller.inventory.OwnContainers;
import io.dockrelay.controller.testing.ScriptedEngine;
import io.dockrelay.docker.DockerEngine;
import io.dockrelay.protocol.state.ContainerAction;

import static io.dockrelay.controller.testing.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

/** The requests of a stop and a restart, and the deadline of the engine's answer. */
class StopGraceTest {

    private final Vertx vertx = Vertx.vertx();
    private final ScriptedEngine scripted = new ScriptedEngine();
    private final List<Duration> deadlines = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        await(vertx.close());
        scripted.close();
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
    void withoutASettingTheContainersOwnGraceDecides(String setting, String own, String request, Duration deadline) {
        scripted.stopTimeout = own;
        Optional<Duration> grace =
                setting.isEmpty() ? Optional.empty() : Optional.of(Duration.ofSeconds(Long.parseLong(setting)));
        var actions = new EngineActions(recorded(scripted.client(vertx)), OwnContainers.of("", "", null), grace);

        await(actions.run("web", ContainerAction.STOP));
        scripted.status = "running";
        await(actions.run("web", ContainerAction.RESTART));

        assertThat(scripted.actions)
                .containsExactly(request.replace("ACTION", "stop"), request.replace("ACTION", "restart"));
        assertThat(deadlines).containsExactly(deadline, deadline);
    }

    /** The same engine; the deadline of each stop and restart is recorded. */
    private DockerEngine recorded(DockerEngine engine) {
        return (DockerEngine) Proxy.newProxyInstance(
                DockerEngine.class.getClassLoader(),
                new Class<?>[] {DockerEngine.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("stop") || method.getName().equals("restart")) {
                        deadlines.add((Duration) arguments[arguments.length - 1]);
                    }
                    try {
                        return method.invoke(engine, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }
}
