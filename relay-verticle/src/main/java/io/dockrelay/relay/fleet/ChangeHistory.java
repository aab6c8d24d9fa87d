package io.dockrelay.relay.fleet;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.Container;

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
    private final Deque<Entry> entries = new ArrayDeque<>();
    /** The number of {@link #entries} per container. */
    private final Map<ContainerKey, Integer> counts = new HashMap<>();

    /**
     * One change.
     *
     * @param subject the container that it happened to, which decides about who may know; null where it is not known
     */
    public record Entry(Change change, Container subject) {

        Entry withController(String id) {
            return new Entry(change.withController(id), subject == null ? null : subject.withController(id));
        }
    }

    public void add(List<Change> added) {
        added.forEach(change -> add(new Entry(change, change.container())));
    }

    /**
     * The newest changes first.
     *
     * @param since only changes after this time; null for all
     */
    public List<Change> newest(Instant since, int limit) {
        return newest(since, limit, entry -> Optional.of(entry.change()));
    }

    /**
     * The same as someone sees it.
     *
     * @param seen the change as it is seen; empty for one that does not exist for the asker, and does not count
     */
    public List<Change> newest(Instant since, int limit, Function<Entry, Optional<Change>> seen) {
        List<Change> newest = new ArrayList<>();
        Iterator<Entry> backwards = entries.descendingIterator();
        while (backwards.hasNext() && newest.size() < limit) {
            Entry entry = backwards.next();
            Instant at = entry.change().at();
            if (since == null || (at != null && at.isAfter(since))) {
                seen.apply(entry).ifPresent(newest::add);
            }
        }
        return newest;
    }

    /** A controller has another id: its changes are listed under that id. */
    void moved(String from, String to) {
        List<Entry> all = List.copyOf(entries);
        entries.clear();
        counts.clear();
        all.forEach(entry -> add(from.equals(entry.change().controller()) ? entry.withController(to) : entry));
    }

    void add(Entry entry) {
        ContainerKey key = ContainerKey.of(entry.change());
        entries.addLast(entry);
        if (counts.merge(key, 1, Integer::sum) > OF_EACH) {
            forgetOldest(key);
        }
        if (entries.size() > OF_ALL) {
            uncount(ContainerKey.of(entries.removeFirst().change()));
        }
    }

    private void forgetOldest(ContainerKey key) {
        Iterator<Entry> forwards = entries.iterator();
        while (forwards.hasNext()) {
            if (ContainerKey.of(forwards.next().change()).equals(key)) {
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
