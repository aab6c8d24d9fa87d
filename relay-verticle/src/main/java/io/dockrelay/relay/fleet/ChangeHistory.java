package io.dockrelay.relay.fleet;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import io.dockrelay.protocol.state.Change;

/**
 * The newest changes of each container, in the relay's memory: lost when it restarts. Bounded per container, and in total, so
 * that short-lived containers cannot fill the memory. For one thread.
 */
public final class ChangeHistory {

    /** Changes kept per container. */
    public static final int OF_EACH = 200;

    /** Changes kept of all containers together. */
    public static final int OF_ALL = 10_000;

    /** Oldest first, in the order of arrival. */
    private final Deque<Change> changes = new ArrayDeque<>();
    /** The number of {@link #changes} per container. */
    private final Map<ContainerKey, Integer> counts = new HashMap<>();

    public void add(List<Change> added) {
        added.forEach(this::add);
    }

    /**
     * The newest changes first.
     *
     * @param since only changes after this time; null for all
     */
    public List<Change> newest(Instant since, int limit) {
        List<Change> newest = new ArrayList<>();
        Iterator<Change> backwards = changes.descendingIterator();
        while (backwards.hasNext() && newest.size() < limit) {
            Change change = backwards.next();
            if (since == null || (change.at() != null && change.at().isAfter(since))) {
                newest.add(change);
            }
        }
        return newest;
    }

    /** A controller has another id: its changes are listed under that id. */
    void moved(String from, String to) {
        List<Change> all = List.copyOf(changes);
        changes.clear();
        counts.clear();
        all.forEach(change -> add(from.equals(change.controller()) ? change.withController(to) : change));
    }

    private void add(Change change) {
        ContainerKey key = ContainerKey.of(change);
        changes.addLast(change);
        if (counts.merge(key, 1, Integer::sum) > OF_EACH) {
            forgetOldest(key);
        }
        if (changes.size() > OF_ALL) {
            uncount(ContainerKey.of(changes.removeFirst()));
        }
    }

    private void forgetOldest(ContainerKey key) {
        Iterator<Change> forwards = changes.iterator();
        while (forwards.hasNext()) {
            if (ContainerKey.of(forwards.next()).equals(key)) {
                forwards.remove();
                uncount(key);
                return;
            }
        }
    }

    private void uncount(ContainerKey key) {
        counts.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
    }
}
