package io.dockrelay.protocol.stats;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * The last hour of all containers of a controller, for a list: the answer to {@code GET /stats/history}. The numbers are
 * means, as in {@link LoadHistory}.
 */
@JsonNaming(SnakeCaseStrategy.class)
public record RecentLoad(String controller, Instant since, int stepMs, HostStats host, List<Item> items) {

    public RecentLoad {
        items = items == null ? List.of() : List.copyOf(items);
    }

    /**
     * One container.
     *
     * @param memoryLimit in bytes; null when it has none
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Item(String container, String id, Long memoryLimit, List<Number> cpuCores, List<Number> memoryBytes) {

        public Item {
            cpuCores = LoadColumn.unmodifiable(cpuCores);
            memoryBytes = LoadColumn.unmodifiable(memoryBytes);
        }
    }

    public RecentLoad withController(String replaced) {
        return new RecentLoad(replaced, since, stepMs, host == null ? null : host.withController(replaced), items);
    }
}
