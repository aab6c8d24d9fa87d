package io.dockrelay.controller.control;

import java.time.Instant;
import java.util.UUID;

import io.dockrelay.protocol.bus.ControlContainer;
import io.dockrelay.protocol.bus.ControlOutcome;
import io.dockrelay.protocol.state.ActionInProgress;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.state.ContainerAction;
import io.dockrelay.protocol.wire.ActionState;
import io.dockrelay.protocol.wire.ServerMessage;

/**
 * A request that was accepted, from then until its end. Pure.
 *
 * @param id that of the {@code action} messages
 * @param container as it was then
 * @param grace in seconds; null when the action has none, or the engine never kills the container
 * @param waitsFor the action in progress that has to end first; null when it begins at once
 */
record AcceptedAction(String id, ControlContainer question, Container container, Long grace, ContainerAction waitsFor) {

    static AcceptedAction of(ControlContainer question, Container container, Long grace, ContainerAction waitsFor) {
        return new AcceptedAction(UUID.randomUUID().toString(), question, container, grace, waitsFor);
    }

    ContainerAction action() {
        return question.action();
    }

    ActionInProgress inProgress(Instant since) {
        return new ActionInProgress(action(), question.by(), since, grace);
    }

    /** The answer that it is accepted. */
    ControlOutcome begun() {
        return new ControlOutcome(id, action(), container, false, waitsFor);
    }

    /** The answer that its state is reached. */
    ControlOutcome reached(Container now) {
        return new ControlOutcome(id, action(), now, true);
    }

    /** The remark to its beginning; null for none. */
    String beginning() {
        return waitsFor == null ? null : "it waits for the " + waitsFor.wireName() + " in progress";
    }

    /** @param remark null for none */
    ServerMessage.Action message(String controller, ActionState state, String remark) {
        return new ServerMessage.Action(
                id, controller, container.name(), action(), state, Instant.now(), remark, question.by());
    }
}
