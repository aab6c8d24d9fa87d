package io.dockrelay.protocol.stats;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * The watches that one controller, or an uplink in its stead, answers for, and what all of them want together. A watch
 * that is not renewed is over. Pure: time comes as a parameter. For one thread.
 */
public final class StatsLeases {

    /** More would be no use to anybody: there is one for each relay and program. */
    static final int MOST_WATCHES = 256;

    private record Lease(WatchStats watch, StatsSet set, long until) {}

    private final long lease;
    private final Map<String, Lease> leases = new HashMap<>();

    /** @param lease how long a watch holds that nobody renews */
    public StatsLeases(Duration lease) {
        this.lease = lease.toMillis();
    }

    /**
     * Begins, renews, replaces or ends a watch.
     *
     * @param now by any clock that does not jump, in milliseconds
     * @return false when there are too many
     */
    public boolean take(WatchStats watch, long now) {
        if (watch.containers().isEmpty()) {
            leases.remove(watch.watch());
            return true;
        }
        if (leases.size() >= MOST_WATCHES && !leases.containsKey(watch.watch())) {
            return false;
        }
        leases.put(watch.watch(), new Lease(watch, StatsSet.of(watch.containers()), now + lease));
        return true;
    }

    /** Forgets what was not renewed in time. */
    public void expire(long now) {
        leases.values().removeIf(lease -> lease.until() <= now);
    }

    /** Forgets all of them. */
    public void clear() {
        leases.clear();
    }

    public boolean isEmpty() {
        return leases.isEmpty();
    }

    /** How often this container is to be measured; empty when nobody wants it. */
    public OptionalInt intervalOf(String name, String fullName, String id) {
        return leases.values().stream()
                .filter(lease -> lease.set().wants("", name, id, () -> fullName))
                .mapToInt(lease -> StatsInterval.clamp(lease.watch().intervalMs()))
                .min();
    }

    /** The shortest interval that anybody wants; empty when nobody wants anything. */
    public OptionalInt shortestInterval() {
        return leases.values().stream()
                .mapToInt(lease -> StatsInterval.clamp(lease.watch().intervalMs()))
                .min();
    }

    /** What all want together, as one would ask for it. */
    public List<String> containers() {
        Set<String> all = new TreeSet<>();
        leases.values().forEach(lease -> all.addAll(lease.watch().containers()));
        return StatsSet.simplified(all);
    }
}
