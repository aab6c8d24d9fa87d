package io.dockrelay.controller.control;

import java.time.Instant;
import java.util.UUID;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.controller.inventory.ActionPermissions;
import io.dockrelay.controller.inventory.OwnContainers;
import io.dockrelay.docker.DockerEngine;
import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.AskContainers;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.ContainerLookup;
import io.dockrelay.protocol.bus.ControlContainer;
import io.dockrelay.protocol.bus.ControlOutcome;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.bus.Registration;
import io.dockrelay.protocol.bus.Reply;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.wire.ActionState;
import io.dockrelay.protocol.wire.ServerMessage;
import io.dockrelay.settings.ControllerSettings;

/**
 * Starts, stops and restarts containers, one action at a time per container, and publishes the progress of each. Has its own
 * engine client, so that slow stops do not delay scans. Deployed by the controller and undeployed with it, on its own event
 * loop.
 */
public final class ControlVerticle extends VerticleBase {

    private static final Logger log = LoggerFactory.getLogger(ControlVerticle.class);

    private final ControllerSettings settings;
    private final EngineActions actions;
    private final SerialQueues queues = new SerialQueues();

    private Bus bus;
    private ContainerLookup containers;
    private Registration answering;

    /** The engine is used, and not closed, by this verticle. */
    public ControlVerticle(DockerEngine engine, ControllerSettings settings, OwnContainers own) {
        this.settings = settings;
        this.actions = new EngineActions(engine, own, settings.stopGrace());
    }

    @Override
    public Future<?> start() {
        bus = Bus.of(vertx);
        containers = ContainerLookup.of(bus, settings.id());
        answering = bus.reply(Addresses.control(settings.id()), this::control);
        return answering.ready();
    }

    @Override
    public Future<?> stop() {
        return answering.close();
    }

    private Future<Reply<ControlOutcome>> control(ControlContainer question) {
        return containers
                .find(question.container())
                .compose(container -> check(question, container).compose(state -> begin(question, container, state)));
    }

    /** The list may be a moment old, so the engine decides about the state and about Dockrelay's own containers. */
    private Future<ObservedState> check(ControlContainer question, Container container) {
        if (!container.created()) {
            String refusal = container.name() + ": " + ActionPermissions.NOT_CREATED;
            return Future.failedFuture(new Refusal(RefusalKind.CONFLICT, refusal));
        }
        return actions.check(container.id(), question.action(), question.force());
    }

    /**
     * Sends the answer before the request to the engine: clients of version 1 wait for a change that follows the
     * answer, and wait forever if the change came first. Actions that the engine is certain to refuse cause no change; they
     * run first, and the answer is the engine's reason.
     */
    private Future<Reply<ControlOutcome>> begin(ControlContainer question, Container container, ObservedState state) {
        String id = UUID.randomUUID().toString();
        var accepted = new ControlOutcome(id, question.action(), container, false);
        if (question.toTheEnd()) {
            return run(id, question, container)
                    .compose(message -> outcome(id, question, container))
                    .map(Reply::of);
        }
        if (state.refuses(question.action()) && queues.isIdle(container.id())) {
            return run(id, question, container).map(message -> Reply.of(accepted));
        }
        return Future.succeededFuture(new Reply<>(accepted, () -> {
            var unused = run(id, question, container); // The result is published as an action.
        }));
    }

    private Future<String> run(String id, ControlContainer question, Container container) {
        publish(id, question, container, ActionState.ACCEPTED, null);
        return queues.add(container.id(), () -> actions.run(container.id(), question.action()))
                .onSuccess(message -> publish(id, question, container, ActionState.DONE, message))
                .onFailure(failure -> publish(id, question, container, ActionState.FAILED, failure.getMessage()));
    }

    private Future<ControlOutcome> outcome(String id, ControlContainer question, Container before) {
        return bus.ask(Addresses.containers(settings.id()), new AskContainers(true))
                .map(snapshot -> snapshot.list().byId(before.id()).orElse(before))
                .map(now -> new ControlOutcome(id, question.action(), now, true));
    }

    private void publish(String id, ControlContainer question, Container container, ActionState state, String message) {
        String action = question.action().wireName();
        log.info("{} of {} {}{}", action, container.name(), state.wireName(), message == null ? "" : ": " + message);
        bus.publish(
                Addresses.ACTIONS,
                new ServerMessage.Action(
                        id,
                        settings.id(),
                        container.name(),
                        question.action(),
                        state,
                        Instant.now(),
                        message,
                        question.by()));
    }
}
