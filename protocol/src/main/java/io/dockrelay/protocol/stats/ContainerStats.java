package io.dockrelay.protocol.stats;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * One measurement of one container, an element of {@code stats.items}. Everything is null where the engine does not say.
 *
 * @param container its name
 * @param id 12 hex digits
 * @param cpuCores cores in use on average since the measurement before; null in the first of a run
 * @param memoryBytes without the page cache
 * @param memoryLimit null when it has no limit of its own, too
 * @param rxBytes received over all networks, since the run began; the other counters likewise
 */
@JsonNaming(SnakeCaseStrategy.class)
public record ContainerStats(
        String controller,
        String container,
        String id,
        Double cpuCores,
        Long memoryBytes,
        Long memoryLimit,
        Long rxBytes,
        Long txBytes,
        Long readBytes,
        Long writeBytes) {

    public ContainerStats withController(String replaced) {
        return new ContainerStats(
                replaced, container, id, cpuCores, memoryBytes, memoryLimit, rxBytes, txBytes, readBytes, writeBytes);
    }
}
