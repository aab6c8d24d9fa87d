package io.dockrelay.protocol.stats;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * One measurement of one container, an element of {@code stats.items}. A value is null when the engine does not report
 * it.
 *
 * @param container its name
 * @param id 12 hex digits
 * @param cpuCores average cores in use since the previous measurement; null in the first of a run
 * @param memoryBytes without the page cache
 * @param memoryLimit null also when the container has no limit of its own
 * @param rxBytes received over all networks since the run began; the other counters likewise
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
