package io.dockrelay.protocol.logs;

/**
 * Asks a controller for a tail. Its batches then arrive at {@code lines(subscription)}, where the receiver must be listening
 * already.
 *
 * @param subscription unique among all tails of the bus, made by the receiver
 * @param container name, full name or id
 * @param waitForContainer whether to wait for a container that does not exist yet, instead of refusing
 */
public record OpenTail(String subscription, String container, TailFrom from, boolean waitForContainer) {}
