package io.dockrelay.relay.uplink;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import io.vertx.core.Vertx;

import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.ControlContainer;
import io.dockrelay.protocol.bus.ControlOutcome;
import io.dockrelay.protocol.state.ActionInProgress;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.timers.Periodic;
import io.dockrelay.protocol.wire.ActionState;
import io.dockrelay.protocol.wire.ServerMessage;

/**
 * The actions that this relay has requested from a controller of version 1. Such a controller reports states only, so an
 * action ends when the observed state says so, or after a time limit. Owned by {@link RemoteController}, on the uplink's
 * context; the limits of one action bound the life of each entry.
 */
final class ObservedActions {

    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    private static final class Pending {

        private final String id;
        private final ControlContainer request;
        private final ActionInProgress action;
        private boolean wasDown;

        Pending(String id, ControlContainer request) {
            this.id = id;
            this.request = request;
            this.action = new ActionInProgress(request.action(), request.by(), Instant.now(), null);
        }

        Duration elapsed() {
            return Duration.between(action.since(), Instant.now());
        }
    }

    private final StatePublisher publisher;
    private final RemoteInventory inventory;
    private final Duration limit;

    /** By the container's name; a later action takes the place of an earlier one. */
    private final Map<String, Pending> byName = new HashMap<>();

    /** Runs while an action is pending: not every change of a container is reported. */
    private final Periodic looks;

    ObservedActions(Vertx vertx, StatePublisher publisher, RemoteInventory inventory, Duration limit) {
        this.publisher = publisher;
        this.inventory = inventory;
        this.limit = limit;
        this.looks = new Periodic(vertx);
    }

    /** The same outcome with an id for its messages. */
    static ControlOutcome named(ControlOutcome outcome) {
        String id = UUID.randomUUID().toString();
        return new ControlOutcome(id, outcome.action(), outcome.container(), outcome.ended(), outcome.waitsFor());
    }

    /** The controller has accepted an action, and its caller has the answer. */
    void begin(ControlContainer request, ControlOutcome accepted) {
        String name = accepted.container().name();
        var pending = new Pending(accepted.id(), request);
        Pending earlier = byName.put(name, pending);
        if (earlier != null) {
            publish(name, earlier, ActionState.FAILED, "another action took its place");
        }
        publish(name, pending, ActionState.ACCEPTED, null);
        inventory.show(name, pending.action);
        if (!looks.isRunning()) {
            looks.start(LOOK_EVERY, this::look);
        }
        observed();
    }

    /** The list may have changed. */
    void observed() {
        for (String name : List.copyOf(byName.keySet())) {
            Pending pending = byName.get(name);
            Optional<Container> now = Optional.ofNullable(inventory.list().find(name));
            if (now.isEmpty()) {
                end(name, pending, ActionState.FAILED, "the container was removed");
                continue;
            }
            pending.wasDown |= ObservedEnd.isDown(now.get());
            if (ObservedEnd.of(pending.action.action(), now.get(), pending.wasDown, pending.elapsed())) {
                end(name, pending, ActionState.DONE, null);
            }
        }
    }

    /** Ends all actions; others may begin later. */
    void close() {
        looks.cancel();
        Map.copyOf(byName)
                .forEach((name, pending) ->
                        end(name, pending, ActionState.FAILED, "this relay does not observe its container any more"));
    }

    private void look() {
        String why =
                "its controller (version 1) does not report how an action ends, and its effect was not seen within "
                        + limit.toSeconds() + " s; it may go on";
        for (String name : List.copyOf(byName.keySet())) {
            Pending pending = byName.get(name);
            if (pending.elapsed().compareTo(limit) >= 0) {
                end(name, pending, ActionState.FAILED, why);
            }
        }
        if (byName.isEmpty()) {
            looks.cancel();
        } else {
            inventory.fetch();
        }
    }

    private void end(String name, Pending pending, ActionState state, String message) {
        byName.remove(name);
        publish(name, pending, state, message);
        inventory.show(name, null);
    }

    private void publish(String name, Pending pending, ActionState state, String message) {
        ControlContainer request = pending.request;
        publisher.publish(
                Addresses.ACTIONS,
                new ServerMessage.Action(
                        pending.id,
                        inventory.list().controller(),
                        name,
                        request.action(),
                        state,
                        Instant.now(),
                        message,
                        request.by()));
    }
}
