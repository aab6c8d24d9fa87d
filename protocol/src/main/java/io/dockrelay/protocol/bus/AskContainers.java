package io.dockrelay.protocol.bus;

/**
 * Asks for a controller's list.
 *
 * @param fresh whether to ask the engine now (status texts are up to date), instead of answering from the last scan
 */
public record AskContainers(boolean fresh) {}
