package io.dockrelay.client;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.ControlContainer;
import io.dockrelay.protocol.bus.ControlOutcome;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.bus.Registration;
import io.dockrelay.protocol.state.ContainerAction;
import io.dockrelay.protocol.timers.Timeout;
import io.dockrelay.protocol.wire.ActionState;
import io.dockrelay.protocol.wire.ServerMessage;

/**
 * One action on a container, from its request to its effect: a stream of its steps ({@code accepted}, then {@code done} or
 * {@code failed}), and two futures for those who need no steps. It ends by itself. Closing it ends the report, not the action.
 *
 * <p>It fails with a {@link Refusal} if the action is refused, if its controller is lost before the end, or if no end is
 * reported within six minutes. An action that fails at the engine is a step, and a failure of {@link #ended}.
 */
public final class ActionFeed extends Feed<ServerMessage.Action> {

    /** Steps that arrive before the answer, of all actions at the controller. */
    private static final int MOST_EARLY = 1000;

    private final Bus bus;
    private final String controller;
    private final ControlContainer request;
    private final ControllerTracker tracker;
    private final Timeout deadline;
    private final Promise<ControlOutcome> accepted = Promise.promise();
    private final Promise<ServerMessage.Action> ended = Promise.promise();

    /** What arrived before the action's id was known; the answer and the steps come from different addresses. */
    private final List<ServerMessage.Action> early = new ArrayList<>();

    /** Null until the answer. */
    private String id;

    private Registration steps;

    ActionFeed(Vertx vertx, Bus bus, String controller, String container, ContainerAction action, String by) {
        super(vertx);
        this.bus = bus;
        this.controller = controller;
        this.request = new ControlContainer(container, action, false, false, by);
        deadline = new Timeout(vertx);
        tracker = new ControllerTracker(vertx, bus, this::heard);
        onContext(this::begin);
    }

    /**
     * The answer of the controller.
     *
     * @return completes when the controller has accepted the action; fails with its refusal
     */
    public Future<ControlOutcome> accepted() {
        return accepted.future();
    }

    /**
     * The effect.
     *
     * @return completes with the last step when the state asked for is reached; fails with a {@link Refusal} if it is not
     */
    public Future<ServerMessage.Action> ended() {
        return ended.future();
    }

    @Override
    void drained() {
        // The few steps of an action wait as long as they have to.
    }

    @Override
    Future<Void> release() {
        deadline.cancel();
        var closed = new Refusal(RefusalKind.CONFLICT, "the report of the action was closed before its end");
        accepted.tryFail(closed);
        ended.tryFail(closed);
        Future<Void> unsubscribed = steps == null ? Future.succeededFuture() : steps.close();
        return Future.join(unsubscribed, tracker.close()).mapEmpty();
    }

    /** Listens first, so that no step is missed. */
    private void begin() {
        tracker.start();
        steps = bus.subscribe(Addresses.ACTIONS, this::heard);
        steps.ready()
                .compose(listening ->
                        isEnded() ? Future.failedFuture("closed") : bus.ask(Addresses.control(controller), request))
                .onComplete(this::answered, this::fail);
    }

    private void answered(ControlOutcome outcome) {
        if (isEnded()) {
            return;
        }
        id = outcome.id();
        deadline.start(Addresses.control(controller).timeout(), this::late);
        accepted.tryComplete(outcome);
        List<ServerMessage.Action> before = List.copyOf(early);
        early.clear();
        before.forEach(this::heard);
        if (outcome.ended() && !isEnded()) {
            step(new ServerMessage.Action(
                    id,
                    controller,
                    outcome.container().name(),
                    outcome.action(),
                    ActionState.DONE,
                    Instant.now(),
                    null,
                    request.by()));
        }
    }

    private void heard(ServerMessage.Action step) {
        if (!controller.equals(step.controller())) {
            return;
        }
        if (id == null) {
            if (early.size() < MOST_EARLY) {
                early.add(step);
            }
        } else if (id.equals(step.id())) {
            step(step);
        }
    }

    private void step(ServerMessage.Action step) {
        offer(step);
        switch (step.state()) {
            case DONE -> {
                ended.tryComplete(step);
                finish(null);
            }
            case FAILED -> {
                ended.tryFail(new Refusal(RefusalKind.ENGINE_ERROR, step.message()));
                finish(null);
            }
            case ACCEPTED -> {}
            case null -> {}
        }
    }

    private void heard(String other, ControllerNews news) {
        boolean lost = news != ControllerNews.PRESENT && news != ControllerNews.UNLINKED;
        if (lost && id != null && other.equals(controller)) {
            fail(new Refusal(
                    RefusalKind.CONTROLLER_UNAVAILABLE,
                    "controller " + controller + " was lost, and the end of the action is not known"));
        }
    }

    private void late() {
        Duration patience = Addresses.control(controller).timeout();
        fail(new Refusal(
                RefusalKind.TIMED_OUT, "no end of the action was reported within " + patience.toMinutes() + " min"));
    }

    private void fail(Throwable failure) {
        accepted.tryFail(failure);
        ended.tryFail(failure);
        finish(failure);
    }
}
