package io.dockrelay.protocol.bus;

import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.state.ContainerAction;

/**
 * A start, stop, restart or kill was accepted, or has ended well. One that fails is a {@link Refusal}.
 *
 * @param id that of the {@code action} messages
 * @param container as it was when this was answered
 * @param ended whether the state asked for is reached; being there already counts
 */
public record ControlOutcome(String id, ContainerAction action, Container container, boolean ended) {}
