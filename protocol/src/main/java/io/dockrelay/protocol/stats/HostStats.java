package io.dockrelay.protocol.stats;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * The size of a controller's machine, an element of {@code stats.hosts}.
 *
 * @param cpus null when it is not known
 * @param memoryTotal in bytes; null when it is not known
 */
@JsonNaming(SnakeCaseStrategy.class)
public record HostStats(String controller, Integer cpus, Long memoryTotal) {}
