package io.dockrelay.protocol.bus;

import io.dockrelay.protocol.state.ContainerAction;

/**
 * Requests a start, stop, restart or kill.
 *
 * @param container name, full name or id
 * @param force whether Dockrelay's own containers are allowed too
 * @param toTheEnd true for an answer with the state that is reached, false for one as soon as the request is accepted
 * @param by the requester, for the {@code action} messages; null when unknown
 */
public record ControlContainer(String container, ContainerAction action, boolean force, boolean toTheEnd, String by) {}
