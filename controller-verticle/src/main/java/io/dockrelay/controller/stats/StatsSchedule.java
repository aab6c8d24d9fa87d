package io.dockrelay.controller.stats;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.stats.ContainerStats;
import io.dockrelay.protocol.stats.HostStats;
import io.dockrelay.protocol.stats.StatsInterval;
import io.dockrelay.protocol.stats.StatsLeases;

/**
 * What was measured last of each container: who is due again, and how much processor time was used since. Pure; time
 * comes as a parameter, in milliseconds of a clock that does not jump. For one thread.
 */
final class StatsSchedule {

    /**
     * Of one container.
     *
     * @param begunAt when its round began
     * @param startedAt the run that it was measured in
     * @param reading null when the engine gave none
     * @param single whether it is the only one of this run: the next follows soon, for the first figure of its CPU
     */
    private record Last(long begunAt, Instant startedAt, StatsReading reading, boolean single) {}

    /** By id. */
    private final Map<String, Last> last = new HashMap<>();

    /** Those that are to be measured now. */
    List<Container> due(List<Container> running, StatsLeases leases, long now) {
        Set<String> ids = running.stream().map(Container::id).collect(Collectors.toSet());
        last.keySet().retainAll(ids);
        return running.stream()
                .filter(container -> {
                    OptionalInt interval = leases.intervalOf(container.name(), container.fullName(), container.id());
                    return interval.isPresent() && isDue(container, interval.getAsInt(), now);
                })
                .toList();
    }

    /** How long after the beginning of this round the next one begins. */
    int nextRound(int shortestInterval) {
        boolean soon = last.values().stream().anyMatch(Last::single);
        return soon ? StatsInterval.SHORTEST_MS : shortestInterval;
    }

    /**
     * Takes the next reading of a container; null when the engine gave none.
     *
     * @param begunAt when the round began
     * @return null when there is nothing to tell
     */
    ContainerStats take(Container container, StatsReading reading, HostStats host, long begunAt) {
        Last before = last.get(container.id());
        boolean sameRun = before != null
                && before.reading != null
                && Objects.equals(before.startedAt, container.details().startedAt());
        last.put(
                container.id(),
                new Last(begunAt, container.details().startedAt(), reading, reading != null && !sameRun));
        return reading == null ? null : stats(container, reading, sameRun ? before.reading : null, host);
    }

    void clear() {
        last.clear();
    }

    private boolean isDue(Container container, int interval, long now) {
        Last before = last.get(container.id());
        if (before == null) {
            return true;
        }
        int wanted = before.single ? StatsInterval.SHORTEST_MS : interval;
        return StatsInterval.due(now - before.begunAt, wanted);
    }

    private static ContainerStats stats(
            Container container, StatsReading reading, StatsReading before, HostStats host) {
        Long limit = reading.memoryLimit();
        // For a container without a limit the engine says how much the machine has.
        boolean ownLimit = limit != null && (host.memoryTotal() == null || limit < host.memoryTotal());
        return new ContainerStats(
                host.controller(),
                container.name(),
                container.id(),
                reading.coresSince(before),
                reading.memoryBytes(),
                ownLimit ? limit : null,
                reading.rxBytes(),
                reading.txBytes(),
                reading.readBytes(),
                reading.writeBytes());
    }
}
