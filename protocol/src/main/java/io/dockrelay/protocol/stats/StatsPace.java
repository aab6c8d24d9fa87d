package io.dockrelay.protocol.stats;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Selects one subscriber's part of the measurements: its containers, at its interval. Other measurements are dropped,
 * not kept. No I/O; time is a parameter. For one thread.
 */
public final class StatsPace {

    /** A container that was not measured for this long is removed from the state. */
    private static final long FORGET_AFTER_MS = 3L * StatsInterval.LONGEST_MS;

    private final StatsSet set;
    private final int intervalMs;

    private final Map<Key, Sent> sent = new HashMap<>();

    private record Key(String controller, String id) {}

    /** The last measurement that was selected, and whether it had a CPU value; the first of a run has none. */
    private record Sent(long at, boolean withCpu) {}

    public StatsPace(StatsSet set, int intervalMs) {
        this.set = set;
        this.intervalMs = StatsInterval.clamp(intervalMs);
    }

    public StatsSet set() {
        return set;
    }

    public int intervalMs() {
        return intervalMs;
    }

    /**
     * The measurements that are due for this subscriber. Returns the sample's own list when all of them are.
     *
     * @param now milliseconds of a monotonic clock
     * @param fullName returns the full name of an item; null when it is not known
     */
    public List<ContainerStats> due(StatsSample sample, long now, Function<ContainerStats, String> fullName) {
        List<ContainerStats> due = new ArrayList<>();
        for (ContainerStats item : sample.items()) {
            boolean wanted = set.wants(sample.controller(), item.container(), item.id(), () -> fullName.apply(item));
            var key = new Key(sample.controller(), item.id());
            if (wanted && isDue(sent.get(key), item, now)) {
                sent.put(key, new Sent(now, item.cpuCores() != null));
                due.add(item);
            }
        }
        sent.values().removeIf(last -> now - last.at() > FORGET_AFTER_MS);
        return due.size() == sample.items().size() ? sample.items() : List.copyOf(due);
    }

    private boolean isDue(Sent last, ContainerStats item, long now) {
        return last == null
                || (!last.withCpu() && item.cpuCores() != null)
                || StatsInterval.due(now - last.at(), intervalMs);
    }
}
