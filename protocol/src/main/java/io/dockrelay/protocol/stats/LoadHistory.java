package io.dockrelay.protocol.stats;

import java.time.Instant;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * The past load of one container, the answer to {@code GET …/container/NAME/stats/history}. The n-th number of a column is
 * of the step that begins at {@code since} plus n steps.
 *
 * @param id 12 hex digits, of the newest container with this history
 * @param since the beginning of the first step
 * @param stepMs the length of a step, in milliseconds
 * @param host the machine; its values are null when they are not known yet
 * @param memoryLimit in bytes; null when the container has none
 * @param cpuCores cores in use
 * @param rxBytes received, in bytes per second; the other three likewise
 */
@JsonNaming(SnakeCaseStrategy.class)
public record LoadHistory(
        String container,
        String controller,
        String id,
        Instant since,
        int stepMs,
        HostStats host,
        Long memoryLimit,
        LoadColumn cpuCores,
        LoadColumn memoryBytes,
        LoadColumn rxBytes,
        LoadColumn txBytes,
        LoadColumn readBytes,
        LoadColumn writeBytes) {

    public LoadHistory withController(String replaced) {
        return new LoadHistory(
                container,
                replaced,
                id,
                since,
                stepMs,
                host == null ? null : host.withController(replaced),
                memoryLimit,
                cpuCores,
                memoryBytes,
                rxBytes,
                txBytes,
                readBytes,
                writeBytes);
    }
}
