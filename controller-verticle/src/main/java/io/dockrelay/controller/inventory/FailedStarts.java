package io.dockrelay.controller.inventory;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

import io.dockrelay.protocol.state.ContainerStatus;

/**
 * Chooses the containers to inspect for a start that failed. The engine sends no event about it, and its list shows the
 * container as {@code Created}, before and after. So each scan inspects some of the containers that never ran, in turn.
 * Owned by the watcher, on its context. Pure.
 */
final class FailedStarts {

    /** Bounds the cost of a scan, whatever the number of containers that never ran. */
    private static final int INSPECTIONS_PER_SCAN = 4;

    /** Containers that never ran and show no error; the next to inspect is first. */
    private final Set<String> waiting = new LinkedHashSet<>();

    /** The next containers to inspect. */
    Set<String> next() {
        Set<String> chosen = waiting.stream().limit(INSPECTIONS_PER_SCAN).collect(Collectors.toSet());
        waiting.removeAll(chosen);
        waiting.addAll(chosen);
        return chosen;
    }

    /** A scan has ended. */
    void observed(Collection<ObservedContainer> found) {
        Set<String> neverRan = found.stream()
                .filter(seen -> seen.status() == ContainerStatus.CREATED && seen.error() == null)
                .map(ObservedContainer::id)
                .collect(Collectors.toSet());
        waiting.retainAll(neverRan);
        waiting.addAll(neverRan);
    }
}
