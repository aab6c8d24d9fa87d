package io.dockrelay.protocol.bus;

import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.state.ContainerAction;

/**
 * A start, stop, restart or kill was accepted, or has ended well. One that fails is a {@link Refusal}.
 *
 * @param id that of the {@code action} messages
 * @param container as it was when this was answered
 * @param ended whether the state asked for is reached; being there already counts
 * @param waitsFor the action in progress that has to end first; null when it began at once, or that is not known
 */
public record ControlOutcome(
        String id, ContainerAction action, Container container, boolean ended, ContainerAction waitsFor) {

    /** An action that began at once. */
    public ControlOutcome(String id, ContainerAction action, Container container, boolean ended) {
        this(id, action, container, ended, null);
    }

    /** What was accepted, as an answer says it: "stopping web", and the action that it waits for. */
    public String sentence() {
        String doing = action.underWay() + " " + container.name();
        return waitsFor == null ? doing : doing + " after the " + waitsFor.wireName() + " in progress";
    }
}
