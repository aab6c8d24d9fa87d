package io.dockrelay.controller.testing;

import java.nio.file.Path;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import io.dockrelay.controller.ControllerVerticle;
import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;

import static io.dockrelay.controller.testing.Waiting.await;

/** A whole controller on a real engine, with its REST interface. */
public abstract class ControllerOnRealEngine {

    protected final TestEngine real;
    protected final Vertx vertx = Vertx.vertx();
    protected final Bus bus = Bus.of(vertx);
    protected final ControllerVerticle controller = new ControllerVerticle();
    protected Http http;

    protected ControllerOnRealEngine(TestEngine real) {
        this.real = real;
    }

    @BeforeEach
    void open() {
        real.removeContainers();
        await(vertx.deployVerticle(controller, new DeploymentOptions().setConfig(Settings.json(real))));
        http = new Http(vertx, controller.apiPort());
    }

    @AfterEach
    void close() {
        await(vertx.close());
        real.start();
        real.removeContainers();
    }

    /** Runs a container until it ends. */
    protected void write(String name, String script, String... options) {
        real.run(name, script, options);
        real.awaitExit(name);
    }

    /** The file in which the engine stores a container's log. */
    protected Path logFile(String name) {
        return Path.of(real.docker("inspect", "--format", "{{.LogPath}}", name));
    }

    /** Another controller, of which a test deploys a part, has the same containers. */
    protected void listContainersOf(String other) {
        await(bus.answer(
                        Addresses.containers(other),
                        question -> bus.ask(Addresses.containers(Settings.CONTROLLER), question))
                .ready());
    }
}
