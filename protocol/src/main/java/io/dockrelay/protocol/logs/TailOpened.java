package io.dockrelay.protocol.logs;

/**
 * The tail is open.
 *
 * @param name the container's name, whichever of name, full name and id was asked for
 */
public record TailOpened(String name) {}
