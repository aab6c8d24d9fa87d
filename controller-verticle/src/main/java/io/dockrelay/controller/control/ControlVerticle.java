package io.dockrelay.controller.control;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

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
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.wire.ActionState;
import io.dockrelay.protocol.wire.ServerMessage;
import io.dockrelay.settings.ControllerSettings;

/**
 * Starts, stops and restarts containers, one action at a time for each, and tells everybody how far each has come. It
 * has an engine client of its own, so that slow stops hold up no look. Deployed by the controller and ended with it;
 * everything happens on its event loop.
 */
public final class ControlVerticle extends VerticleBase {

    private static final Logger log = LoggerFactory.getLogger(ControlVerticle.class);

    /** Who does not wait for the end still hears of a refusal that the engine gives at once. */
    private static final Duration AT_ONCE = Duration.ofMillis(300);

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
        answering = bus.answer(Addresses.control(settings.id()), this::control);
        return answering.ready();
    }

    @Override
    public Future<?> stop() {
        return answering.close();
    }

    private Future<ControlOutcome> control(ControlContainer question) {
        return containers
                .find(question.container())
                .compose(container -> judge(question, container).compose(allowed -> begin(question, container)));
    }

    /** The list may be a moment old: whether it is one of our own is asked of the engine. */
    private Future<Void> judge(ControlContainer question, Container container) {
        if (!container.created()) {
            String refusal = container.name() + ": " + ActionPermissions.NOT_CREATED;
            return Future.failedFuture(new Refusal(RefusalKind.CONFLICT, refusal));
        }
        return question.force() ? Future.succeededFuture() : actions.judge(container.id(), question.action());
    }

    private Future<ControlOutcome> begin(ControlContainer question, Container container) {
        String id = UUID.randomUUID().toString();
        tell(id, question, container, ActionState.ACCEPTED, null);
        Future<ControlOutcome> end = queues.add(container.id(), () -> actions.run(container.id(), question.action()))
                .onSuccess(message -> tell(id, question, container, ActionState.DONE, message))
                .onFailure(failure -> tell(id, question, container, ActionState.FAILED, failure.getMessage()))
                .compose(message -> outcome(id, question, container));
        return question.toTheEnd() ? end : accepted(id, question, container, end);
    }

    private Future<ControlOutcome> accepted(
            String id, ControlContainer question, Container container, Future<ControlOutcome> end) {
        Future<ControlOutcome> patience = vertx.timer(AT_ONCE.toMillis(), TimeUnit.MILLISECONDS)
                .map(waited -> new ControlOutcome(id, question.action(), container, false));
        return Future.any(end, patience).compose(first -> end.isComplete() ? end : patience);
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
