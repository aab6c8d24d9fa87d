package io.dockrelay.protocol.stats;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * The size of a controller's machine, an element of {@code stats.hosts}.
 *
 * @param cpus null when it is not known
 * @param memoryTotal in bytes; null when it is not known
 * @param refusal why the engine does not report the load of its containers, as a sentence; null when it does
 */
@JsonNaming(SnakeCaseStrategy.class)
public record HostStats(
        String controller,
        Integer cpus,
        Long memoryTotal,
        @JsonInclude(JsonInclude.Include.NON_NULL) String refusal) {

    public HostStats(String controller, Integer cpus, Long memoryTotal) {
        this(controller, cpus, memoryTotal, null);
    }

    public HostStats withController(String replaced) {
        return new HostStats(replaced, cpus, memoryTotal, refusal);
    }

    public HostStats withRefusal(String sentence) {
        return new HostStats(controller, cpus, memoryTotal, sentence);
    }
}
