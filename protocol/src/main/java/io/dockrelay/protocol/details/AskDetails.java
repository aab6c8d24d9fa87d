package io.dockrelay.protocol.details;

/**
 * Asks how a container was made.
 *
 * @param container name, full name or id
 */
public record AskDetails(String container) {}
