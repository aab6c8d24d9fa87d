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
                .compose(container -> judge(question, container).compose(state -> begin(question, container, state)));
    }

    /** The list may be a moment old: the state, and whether it is one of our own, is asked of the engine. */
    private Future<ObservedState> judge(ControlContainer question, Container container) {
        if (!container.created()) {
            String refusal = container.name() + ": " + ActionPermissions.NOT_CREATED;
            return Future.failedFuture(new Refusal(RefusalKind.CONFLICT, refusal));
        }
        return actions.judge(container.id(), question.action(), question.force());
    }

    /**
     * Clients of version 1 take what they see after the answer for its effect, and wait for ever where it came before:
     * the answer goes out first, and the engine is asked after it. The exception are actions that have no effect, because
     * the engine is sure to refuse them: these are answered with its reason.
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
            var unused = run(id, question, container); // How it ends is told as an action.
        }));
    }

    private Future<String> run(String id, ControlContainer question, Container container) {
        tell(id, question, container, ActionState.ACCEPTED, null);
        return queues.add(container.id(), () -> actions.run(container.id(), question.action()))
                .onSuccess(message -> tell(id, question, container, ActionState.DONE, message))
                .onFailure(failure -> tell(id, question, container, ActionState.FAILED, failure.getMessage()));
    }

    private Future<ControlOutcome> outcome(String id, ControlContainer question, Container before) {
        return bus.ask(Addresses.containers(settings.id()), new AskContainers(true))
                .map(snapshot -> snapshot.list().byId(before.id()).orElse(before))
                .map(now -> new ControlOutcome(id, question.action(), now, true));
    }

    private void tell(String id, ControlContainer question, Container container, ActionState state, String message) {
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
