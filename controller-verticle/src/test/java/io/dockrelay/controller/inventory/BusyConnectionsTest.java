package io.dockrelay.controller.inventory;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.dockrelay.controller.testing.BusRecorder;
import io.dockrelay.controller.testing.ScriptedEngine;
import io.dockrelay.controller.testing.Settings;
import io.dockrelay.docker.DockerEngine;
import io.dockrelay.docker.DockerEngineException;
import io.dockrelay.docker.DockerEngineException.Kind;
import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.AskContainers;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.ContainersSnapshot;

import static io.dockrelay.controller.testing.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

/** A scan for which no connection was free says nothing about the engine. */
class BusyConnectionsTest {

    private final Vertx vertx = Vertx.vertx();
    private final ScriptedEngine scripted = new ScriptedEngine();

    /** How many of the next lists find no free connection. */
    private final AtomicInteger busy = new AtomicInteger();

    @AfterEach
    void close() {
        await(vertx.close());
        scripted.close();
    }

    @Test
    void engineStaysAvailableAndTheNextScanTriesAgain() {
        JsonObject config = Settings.json(scripted.host());
        var watcher = new DockerWatcher(
                whenBusy(scripted.client(vertx)), Settings.of(vertx, config), OwnContainers.of("", "", null));
        await(vertx.deployVerticle(watcher));
        var recorder = new BusRecorder(vertx);
        busy.set(1);

        ContainersSnapshot meanwhile = snapshot();
        assertThat(busy).hasValueLessThanOrEqualTo(0);
        assertThat(meanwhile.engine().available()).isTrue();

        scripted.status = "exited";
        assertThat(snapshot().list().find("web").orElseThrow().running()).isFalse();
        assertThat(recorder.engine).isEmpty();
    }

    private ContainersSnapshot snapshot() {
        return await(Bus.of(vertx).ask(Addresses.containers(Settings.CONTROLLER), new AskContainers(true)));
    }

    /** The same engine through connections that others use at times. */
    private DockerEngine whenBusy(DockerEngine engine) {
        return (DockerEngine) Proxy.newProxyInstance(
                DockerEngine.class.getClassLoader(),
                new Class<?>[] {DockerEngine.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("containers") && busy.getAndDecrement() > 0) {
                        return Future.failedFuture(new DockerEngineException(Kind.BUSY, "all connections are in use"));
                    }
                    try {
                        return method.invoke(engine, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }
}
