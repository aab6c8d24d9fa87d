package io.dockrelay.protocol.stats;

import java.time.Instant;

/**
 * Asks for the past load of a container.
 *
 * @param container name, full name or id; also of one that was removed
 * @param since null for an hour before the end
 * @param until null for now
 * @param stepMs the least time between two points, in milliseconds; null for the finest that is kept
 */
public record AskLoadHistory(String container, Instant since, Instant until, Integer stepMs) {}
