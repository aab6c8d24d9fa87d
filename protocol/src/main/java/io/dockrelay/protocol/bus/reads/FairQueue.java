package io.dockrelay.protocol.bus.reads;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Predicate;

/**
 * Items that wait in turns: the containers take turns, and within a container its readers. The items of one reader keep
 * their order. Pure; for one thread.
 */
final class FairQueue<T> {

    /** By container and reader; the first is served next, then moves to the end. No entry is empty. */
    private final SequencedMap<String, SequencedMap<Object, Deque<T>>> waiting = new LinkedHashMap<>();

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** How many items of a container wait. */
    int size(String container) {
        SequencedMap<Object, Deque<T>> readers = waiting.get(container);
        return readers == null
                ? 0
                : readers.values().stream().mapToInt(Deque::size).sum();
    }

    void add(String container, Object reader, T item) {
        waiting.computeIfAbsent(container, first -> new LinkedHashMap<>())
                .computeIfAbsent(reader, first -> new ArrayDeque<>())
                .add(item);
    }

    /**
     * Takes the next item out.
     *
     * @param mayRun the containers that may be served now
     * @return null when no item of these containers waits
     */
    T poll(Predicate<String> mayRun) {
        String container = waiting.keySet().stream().filter(mayRun).findFirst().orElse(null);
        if (container == null) {
            return null;
        }
        SequencedMap<Object, Deque<T>> readers = waiting.remove(container);
        Map.Entry<Object, Deque<T>> next = readers.pollFirstEntry();
        T item = next.getValue().poll();
        if (!next.getValue().isEmpty()) {
            readers.put(next.getKey(), next.getValue());
        }
        if (!readers.isEmpty()) {
            waiting.put(container, readers);
        }
        return item;
    }
}
