package io.dockrelay.protocol.stats;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The watches of one controller (or of an uplink on its behalf), and the union of what they want. A watch is a lease:
 * it ends when it is not renewed. No I/O; time is a parameter. For one thread.
 */
public final class StatsLeases {

    /** Far above the regular number, which is one per relay or program and interval. */
    static final int MAX_WATCHES = 256;

    private record Lease(WatchStats watch, StatsSet set, long until) {}

    private final long lease;
    private final Map<String, Lease> leases = new HashMap<>();

    /** @param lease how long a watch lasts without a renewal */
    public StatsLeases(Duration lease) {
        this.lease = lease.toMillis();
    }

    /**
     * Begins, renews, replaces or ends a watch.
     *
     * @param now milliseconds of a monotonic clock
     * @return false when there are too many watches
     */
    public boolean take(WatchStats watch, long now) {
        if (watch.containers().isEmpty()) {
            leases.remove(watch.watch());
            return true;
        }
        if (leases.size() >= MAX_WATCHES && !leases.containsKey(watch.watch())) {
            return false;
        }
        leases.put(watch.watch(), new Lease(watch, StatsSet.of(watch.containers()), now + lease));
        return true;
    }

    /** Removes the watches that were not renewed in time. */
    public void expire(long now) {
        leases.values().removeIf(lease -> lease.until() <= now);
    }

    /** Removes all watches. */
    public void clear() {
        leases.clear();
    }

    public boolean isEmpty() {
        return leases.isEmpty();
    }

    /** Whether the watch is held already, unchanged: then this request only renews it. */
    public boolean holds(WatchStats watch) {
        Lease lease = leases.get(watch.watch());
        return lease != null && lease.watch().equals(watch);
    }

    /** The interval of a container, in milliseconds; empty when no watch includes it. */
    public OptionalInt intervalOf(String name, String fullName, String id) {
        return including(name, fullName, id)
                .mapToInt(lease -> StatsInterval.clamp(lease.watch().intervalMs()))
                .min();
    }

    /** Whether every watch that includes this container is spread. */
    public boolean isSpread(String name, String fullName, String id) {
        return including(name, fullName, id).allMatch(lease -> lease.watch().spread());
    }

    /** The shortest interval of all watches, in milliseconds; empty without watches. */
    public OptionalInt shortestInterval() {
        return leases.values().stream()
                .mapToInt(lease -> StatsInterval.clamp(lease.watch().intervalMs()))
                .min();
    }

    /** The union of all watches, in the form of one request. */
    public List<String> containers() {
        Set<String> all = new TreeSet<>();
        leases.values().forEach(lease -> all.addAll(lease.watch().containers()));
        return StatsSet.simplified(all);
    }

    private Stream<Lease> including(String name, String fullName, String id) {
        return leases.values().stream().filter(lease -> lease.set().wants("", name, id, () -> fullName));
    }
}
