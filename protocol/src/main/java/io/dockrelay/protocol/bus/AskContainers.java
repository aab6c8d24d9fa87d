package io.dockrelay.protocol.bus;

/**
 * Asks for a controller's list.
 *
 * @param fresh whether to look at the engine now (status texts up to date) instead of answering from the last look
 */
public record AskContainers(boolean fresh) {}
