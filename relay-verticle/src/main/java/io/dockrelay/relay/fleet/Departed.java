package io.dockrelay.relay.fleet;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import io.dockrelay.protocol.state.Container;

/**
 * The containers that were listed last under a name that is no longer listed, as they were: rights to what is left of them,
 * such as their past load, depend on their labels. Bounded: the oldest are dropped. Pure; for one thread.
 */
final class Departed {

    private static final int MAX = 2_000;

    /** Oldest first. */
    private final Map<ContainerKey, Container> containers = new LinkedHashMap<>();

    void add(Container gone) {
        ContainerKey key = ContainerKey.of(gone);
        containers.remove(key);
        containers.put(key, gone);
        if (containers.size() > MAX) {
            containers.remove(containers.keySet().iterator().next());
        }
    }

    /** The container that answered to this name, full name or id there; the latest of several. */
    Optional<Container> find(String controller, String asked) {
        return containers.values().stream()
                .filter(gone -> controller.equals(gone.controller()) && FleetLookup.isMeant(gone, asked))
                .reduce((earlier, later) -> later);
    }

    Optional<Container> named(ContainerKey key) {
        return Optional.ofNullable(containers.get(key));
    }

    /** A controller has another id. */
    void moved(String from, String to) {
        Map<ContainerKey, Container> before = new LinkedHashMap<>(containers);
        containers.clear();
        before.values().forEach(gone -> add(from.equals(gone.controller()) ? gone.withController(to) : gone));
    }
}
