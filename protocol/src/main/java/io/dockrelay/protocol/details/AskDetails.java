package io.dockrelay.protocol.details;

/**
 * Asks for a container's configuration.
 *
 * @param container name, full name or id
 */
public record AskDetails(String container) {}
