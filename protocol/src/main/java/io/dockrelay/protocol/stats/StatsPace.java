package io.dockrelay.protocol.stats;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One reader's choice out of what is measured for all: its containers, at its interval. What it does not take is not
 * kept for it. Pure; for one thread.
 */
public final class StatsPace {

    /** A container that was not heard of for so long has no rhythm left. */
    private static final long FORGET_AFTER_MS = 3L * StatsInterval.LONGEST_MS;

    private final StatsSet set;
    private final int intervalMs;

    private final Map<Key, Given> given = new HashMap<>();

    private record Key(String controller, String id) {}

    /** When one was last handed over, and whether with its CPU: of which the first has none. */
    private record Given(long at, boolean withCpu) {}

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
     * The measurements that this reader is to get now; the sample's own list when that is all of them.
     *
     * @param now by a clock that does not jump, in milliseconds
     * @param fullName of an item; null when it is not known
     */
    public List<ContainerStats> due(StatsSample sample, long now, Function<ContainerStats, String> fullName) {
        List<ContainerStats> due = new ArrayList<>();
        for (ContainerStats item : sample.items()) {
            boolean wanted = set.wants(sample.controller(), item.container(), item.id(), () -> fullName.apply(item));
            var key = new Key(sample.controller(), item.id());
            if (wanted && isDue(given.get(key), item, now)) {
                given.put(key, new Given(now, item.cpuCores() != null));
                due.add(item);
            }
        }
        given.values().removeIf(last -> now - last.at() > FORGET_AFTER_MS);
        return due.size() == sample.items().size() ? sample.items() : List.copyOf(due);
    }

    private boolean isDue(Given last, ContainerStats item, long now) {
        return last == null
                || (!last.withCpu() && item.cpuCores() != null)
                || StatsInterval.due(now - last.at(), intervalMs);
    }
}
