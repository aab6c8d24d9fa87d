package io.dockrelay.protocol.bus;

import java.time.Instant;

/**
 * Whether a controller's engine answers.
 *
 * @param since when this state started
 * @param message why it does not answer, or what it refuses while it does, as a sentence; null when all is well
 */
public record EngineStatus(String controller, boolean available, Instant since, String message) {}
