package io.dockrelay.protocol.details;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * A container's health check and its last probes.
 *
 * @param status the engine's text; null while the container does not run
 * @param test the command
 * @param probes oldest first; the engine keeps the last few
 */
@JsonNaming(SnakeCaseStrategy.class)
public record HealthReport(String status, int failingStreak, List<String> test, Long intervalMs, List<Probe> probes) {

    public HealthReport {
        test = test == null ? List.of() : List.copyOf(test);
        probes = probes == null ? List.of() : List.copyOf(probes);
    }

    /**
     * One probe.
     *
     * @param exitCode 0: healthy, 1: unhealthy
     * @param output the command's output, truncated by the engine
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Probe(Instant startedAt, Instant endedAt, Long exitCode, String output) {}
}
