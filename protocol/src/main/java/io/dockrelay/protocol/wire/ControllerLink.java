package io.dockrelay.protocol.wire;

import java.time.Instant;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * An element of {@code controllers[]}.
 *
 * @param since when this state began
 * @param attempt attempts since the last connection; 0 while connected
 * @param retryInMs until the next attempt; null unless waiting for one
 */
@JsonNaming(SnakeCaseStrategy.class)
public record ControllerLink(String controller, LinkState state, Instant since, int attempt, Long retryInMs) {}
