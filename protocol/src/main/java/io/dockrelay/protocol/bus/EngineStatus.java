package io.dockrelay.protocol.bus;

import java.time.Instant;

/**
 * Whether a controller's engine answers.
 *
 * @param since when this state started
 * @param message why it does not answer, as a sentence; null when it does
 */
public record EngineStatus(String controller, boolean available, Instant since, String message) {}
