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
 * The last measurement of each container: decides which are due again, and computes the CPU use since. No I/O; time is
 * a parameter, in milliseconds of a monotonic clock. For one thread.
 */
final class StatsSchedule {

    /**
     * The last measurement of one container.
     *
     * @param begunAt when its round began
     * @param startedAt start time of the run in which it was measured
     * @param reading null when the engine gave none
     * @param single whether it is the only one of this run; the next then follows soon, for the first CPU value
     */
    private record Last(long begunAt, Instant startedAt, StatsReading reading, boolean single) {}

    /** By id. */
    private final Map<String, Last> last = new HashMap<>();

    /** The containers to measure now. */
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

    /** Milliseconds from the beginning of this round to the beginning of the next. */
    int nextRound(int shortestInterval) {
        boolean soon = last.values().stream().anyMatch(Last::single);
        return soon ? StatsInterval.SHORTEST_MS : shortestInterval;
    }

    /**
     * Takes the next reading of a container; null when the engine gave none.
     *
     * @param begunAt when the round began
     * @return null when there is no reading
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
        // For a container without a limit the engine reports the machine's memory.
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
