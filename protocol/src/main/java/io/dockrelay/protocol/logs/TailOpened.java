package io.dockrelay.protocol.logs;

/**
 * The tail is open.
 *
 * @param name the container's name, whether its name, full name or id was requested
 */
public record TailOpened(String name) {}
