package io.dockrelay.controller.control;

import java.time.Instant;

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
import io.dockrelay.protocol.state.ContainerAction;
import io.dockrelay.protocol.wire.ActionState;
import io.dockrelay.settings.ControllerSettings;

/**
 * Starts, stops, restarts and kills containers, one action at a time per container except for a kill, and publishes the
 * progress of each. Has its own engine client, so that slow stops do not delay scans. Deployed by the controller and undeployed with it, on its own event
 * loop.
 */
public final class ControlVerticle extends VerticleBase {

    private static final Logger log = LoggerFactory.getLogger(ControlVerticle.class);

    /** Actions of one container that may wait for the one in progress. */
    private static final int MAX_WAITING = 8;

    private final ControllerSettings settings;
    private final EngineActions actions;
    private final SerialQueues queues = new SerialQueues();
    private final ActionsInProgress running = new ActionsInProgress();

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
        String id = container.id();
        ContainerAction before = question.action() == ContainerAction.KILL ? null : queues.inProgress(id);
        if (before != null && queues.size(id) > MAX_WAITING) {
            String refusal = MAX_WAITING + " actions of " + container.name() + " wait already; try again when they end";
            return Future.failedFuture(new Refusal(RefusalKind.CONFLICT, refusal));
        }
        Long grace = actions.graceSeconds(question.action(), state);
        var accepted = AcceptedAction.of(question, container, grace, before);
        if (question.toTheEnd()) {
            return run(accepted).compose(message -> reached(accepted)).map(Reply::of);
        }
        if (state.refuses(question.action()) && queues.size(id) == 0) {
            return run(accepted).map(message -> Reply.of(accepted.begun()));
        }
        return Future.succeededFuture(new Reply<>(accepted.begun(), () -> {
            var unused = run(accepted); // The result is published as an action.
        }));
    }

    /** A kill does not wait for the action in progress: it ends its grace. */
    private Future<String> run(AcceptedAction accepted) {
        publish(accepted, ActionState.ACCEPTED, accepted.beginning());
        Future<String> ended = accepted.action() == ContainerAction.KILL
                ? perform(accepted)
                : queues.add(accepted.container().id(), accepted.action(), () -> perform(accepted));
        if (accepted.waitsFor() != null) {
            publishRunning();
        }
        return ended.onSuccess(message -> publish(accepted, ActionState.DONE, message))
                .onFailure(failure -> publish(accepted, ActionState.FAILED, failure.getMessage()));
    }

    private Future<String> perform(AcceptedAction accepted) {
        String container = accepted.container().id();
        running.begin(container, accepted.id(), accepted.inProgress(Instant.now()));
        publishRunning();
        return actions.run(container, accepted.action()).onComplete(ended -> {
            running.end(container, accepted.id());
            publishRunning();
        });
    }

    private Future<ControlOutcome> reached(AcceptedAction accepted) {
        Container before = accepted.container();
        return bus.ask(Addresses.containers(settings.id()), new AskContainers(true))
                .map(snapshot -> snapshot.list().byId(before.id()).orElseGet(before::removed))
                .map(accepted::reached);
    }

    private void publish(AcceptedAction accepted, ActionState state, String message) {
        String action = accepted.action().wireName();
        String remark = message == null ? "" : ": " + message;
        log.info("{} of {} {}{}", action, accepted.container().name(), state.wireName(), remark);
        bus.publish(Addresses.ACTIONS, accepted.message(settings.id(), state, message));
    }

    private void publishRunning() {
        bus.publish(Addresses.runningActions(settings.id()), running.all(queues));
    }
}
