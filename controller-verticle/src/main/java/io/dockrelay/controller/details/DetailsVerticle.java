package io.dockrelay.controller.details;

import java.time.Duration;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

import io.dockrelay.controller.control.EngineRefusals;
import io.dockrelay.docker.DockerEngine;
import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.ContainerLookup;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.bus.Registration;
import io.dockrelay.protocol.details.AskDetails;
import io.dockrelay.protocol.details.ContainerDetails;
import io.dockrelay.protocol.state.Container;

/**
 * Answers how a container was made, by an inspection for each question: mounts, networks, environment, health probes.
 * Deployed by the controller and undeployed with it, on its own event loop.
 */
public final class DetailsVerticle extends VerticleBase {

    private static final Duration INSPECT = Duration.ofSeconds(10);

    private final DockerEngine engine;
    private final String controller;
    private final boolean reveal;

    private ContainerLookup containers;
    private Registration answering;

    /**
     * @param engine closed by the caller, after this verticle
     * @param controller the controller's id
     * @param reveal whether secrets are shown
     */
    public DetailsVerticle(DockerEngine engine, String controller, boolean reveal) {
        this.engine = engine;
        this.controller = controller;
        this.reveal = reveal;
    }

    @Override
    public Future<?> start() {
        Bus bus = Bus.of(vertx);
        containers = ContainerLookup.of(bus, controller);
        answering = bus.answer(Addresses.details(controller), this::details);
        return answering.ready();
    }

    @Override
    public Future<?> stop() {
        return answering.close();
    }

    private Future<ContainerDetails> details(AskDetails question) {
        return containers.use(question.container(), this::inspect);
    }

    private Future<ContainerDetails> inspect(Container container) {
        if (container.id() == null) {
            return Future.failedFuture(
                    new Refusal(RefusalKind.NO_SUCH_CONTAINER, container.name() + " has not been created yet"));
        }
        return engine.inspect(container.id(), INSPECT)
                .map(found -> new DetailsFactory(found, reveal).details(container))
                .recover(failure -> Future.failedFuture(EngineRefusals.of(failure)));
    }
}
