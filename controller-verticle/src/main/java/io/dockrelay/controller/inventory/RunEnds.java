package io.dockrelay.controller.inventory;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Keeps for each container that has ended whether a request ended it: the engine reports a request only while it happens.
 * Owned by the inventory. Pure.
 */
final class RunEnds {

    /** Containers that were seen before the end of their run. */
    private final Set<String> open = new HashSet<>();

    /** By container id, until the next run. */
    private final Map<String, Boolean> requested = new HashMap<>();

    /**
     * Takes what a scan found.
     *
     * @param requests ids of containers with a known request to end
     */
    void observe(Collection<ObservedContainer> found, Set<String> requests) {
        found.forEach(seen -> observe(seen, requests.contains(seen.id())));
        Set<String> ids = found.stream().map(ObservedContainer::id).collect(Collectors.toSet());
        open.retainAll(ids);
        requested.keySet().retainAll(ids);
    }

    /** Whether the last run ended by a request; null before its end, and when its end was not observed. */
    Boolean isRequested(String id) {
        return requested.get(id);
    }

    private void observe(ObservedContainer seen, boolean isRequested) {
        if (!seen.hasEnded()) {
            open.add(seen.id());
            requested.remove(seen.id());
        } else if (open.remove(seen.id()) || isRequested) {
            requested.put(seen.id(), isRequested);
        }
    }
}
