package io.dockrelay.protocol.state;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * A container that the engine restarts again and again, whatever its status is at the moment.
 *
 * @param exitCode of the last run that ended; null when it is not known
 */
@JsonNaming(SnakeCaseStrategy.class)
public record RestartLoop(Integer exitCode) {}
