package io.dockrelay.protocol.bus;

import io.dockrelay.protocol.state.ContainerAction;

/**
 * Asks for a start, stop or restart.
 *
 * @param container name, full name or id
 * @param force whether Dockrelay's own containers may be meant too
 * @param toTheEnd true to be answered with the state it reached, false as soon as it is accepted
 * @param by who asks, for the {@code action} messages; null when nobody knows
 */
public record ControlContainer(String container, ContainerAction action, boolean force, boolean toTheEnd, String by) {}
