package io.dockrelay.protocol.logs;

/**
 * Asks a controller for a tail; its batches are then asked at {@code lines(subscription)}, where the reader must be
 * listening already.
 *
 * @param subscription unique among all tails of the bus, made by the reader
 * @param container name, full name or id
 * @param waitForContainer whether a container that is not there (yet) is waited for instead of refused
 */
public record OpenTail(String subscription, String container, TailFrom from, boolean waitForContainer) {}
