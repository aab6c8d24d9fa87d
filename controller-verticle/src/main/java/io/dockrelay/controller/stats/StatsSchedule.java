package io.dockrelay.controller.stats;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
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
     * @param single whether it is the only one of this run; for a viewer the next then follows soon, for the first CPU value
     */
    private record Last(long begunAt, Instant startedAt, StatsReading reading, boolean single) {}

    /** A container that is watched, and the time between two measurements of it, in milliseconds. */
    private record Wanted(Container container, int interval) {}

    /** By id. */
    private final Map<String, Last> last = new HashMap<>();

    /** Ids of the containers that viewers watch: these are not spread. */
    private final Set<String> viewed = new HashSet<>();

    private Spreading spreading = Spreading.NOTHING;

    /** The containers to measure now: all that are due for viewers, and this round's share of the others. */
    List<Container> due(List<Container> running, StatsLeases leases, long now) {
        Set<String> ids = running.stream().map(Container::id).collect(Collectors.toSet());
        last.keySet().retainAll(ids);
        viewed.clear();
        List<Container> due = new ArrayList<>();
        List<Wanted> spread = new ArrayList<>();
        for (Container container : running) {
            String id = container.id();
            OptionalInt interval = leases.intervalOf(container.name(), container.fullName(), id);
            if (interval.isPresent() && leases.isSpread(container.name(), container.fullName(), id)) {
                spread.add(new Wanted(container, interval.getAsInt()));
            } else if (interval.isPresent()) {
                viewed.add(id);
                if (isDue(container, interval.getAsInt(), now)) {
                    due.add(container);
                }
            }
        }
        due.addAll(share(spread, now));
        return due;
    }

    /** Milliseconds from the beginning of this round to the beginning of the next. */
    int nextRound(int shortestInterval) {
        boolean soon = viewed.stream()
                .anyMatch(id -> last.containsKey(id) && last.get(id).single());
        return soon ? StatsInterval.SHORTEST_MS : Math.min(shortestInterval, spreading.roundMs());
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
        viewed.clear();
        spreading = Spreading.NOTHING;
    }

    /** The longest not measured first. */
    private List<Container> share(List<Wanted> spread, long now) {
        int interval = spread.stream().mapToInt(Wanted::interval).min().orElse(StatsInterval.LONGEST_MS);
        spreading = new Spreading(spread.size(), interval);
        long begunBefore = now - interval + spreading.roundMs() / 2;
        return spread.stream()
                .map(Wanted::container)
                .filter(container -> begunAt(container) <= begunBefore)
                .sorted(Comparator.comparingLong(this::begunAt))
                .limit(spreading.perRound())
                .toList();
    }

    /** When it was last measured; before any time if it was not. */
    private long begunAt(Container container) {
        Last before = last.get(container.id());
        return before == null ? Long.MIN_VALUE : before.begunAt;
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
