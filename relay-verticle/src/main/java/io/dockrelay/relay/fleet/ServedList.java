package io.dockrelay.relay.fleet;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.wire.ServerMessage.Removed;

/** The containers of all controllers as they are served, and what each new view of a controller changes. Pure; for one thread. */
final class ServedList {

    private final NavigableMap<ContainerKey, Container> containers = new TreeMap<>();
    /** The keys of each controller that has a container. */
    private final Map<String, Set<ContainerKey>> of = new HashMap<>();

    private final Departed departed = new Departed();
    private long version;

    /** Counts every difference, including those that no update reports. */
    long version() {
        return version;
    }

    /** In the order of names; a view. */
    Collection<Container> containers() {
        return Collections.unmodifiableCollection(containers.values());
    }

    /** The container that has this short name there; null when there is none. */
    Container at(String controller, String name) {
        return containers.get(new ContainerKey(name, controller));
    }

    /** Those that are no longer listed. */
    Departed departed() {
        return departed;
    }

    /** Whether at most one container of all controllers has this short name. */
    boolean isUnique(String name) {
        return containers.tailMap(new ContainerKey(name, ""), true).keySet().stream()
                        .takeWhile(key -> key.name().equals(name))
                        .limit(2)
                        .count()
                < 2;
    }

    /**
     * Replaces what is served of one controller.
     *
     * @param view its containers
     * @param changes what happened to them
     */
    FleetUpdate settle(String controller, Collection<Container> view, List<Change> changes) {
        Set<ContainerKey> changed = new HashSet<>();
        changes.forEach(change -> changed.add(ContainerKey.of(change)));
        Set<ContainerKey> listed = of.computeIfAbsent(controller, first -> new HashSet<>());
        Set<ContainerKey> gone = new HashSet<>(listed);
        List<Container> updated = new ArrayList<>();
        List<Container> acting = new ArrayList<>();
        List<Container> left = new ArrayList<>();
        for (Container container : view) {
            ContainerKey key = ContainerKey.of(container);
            gone.remove(key);
            listed.add(key);
            Container before = containers.put(key, container);
            version += container.equals(before) ? 0 : 1;
            if (before != null && !Objects.equals(before.id(), container.id())) {
                left.add(before);
            }
            if (changed.contains(key) || before == null || !isSameState(before, container)) {
                updated.add(container);
            } else if (!Objects.equals(before.action(), container.action())) {
                acting.add(container);
            }
        }
        List<Removed> removed = new ArrayList<>();
        for (ContainerKey key : gone.stream().sorted().toList()) {
            Container before = containers.remove(key);
            listed.remove(key);
            version++;
            left.add(before);
            departed.add(before);
            removed.add(new Removed(key.controller(), before.id(), key.name()));
        }
        if (listed.isEmpty()) {
            of.remove(controller);
        }
        return FleetUpdate.ofContainers(updated, removed, changes)
                .then(FleetUpdate.ofActing(acting))
                .then(FleetUpdate.ofDeparted(left));
    }

    /** The engine's status text changes as time passes: that is not reported. Actions are reported apart. */
    private static boolean isSameState(Container before, Container now) {
        return stateOf(before).equals(stateOf(now));
    }

    private static Container stateOf(Container container) {
        return new Container(
                container.name(),
                container.fullName(),
                container.status(),
                null,
                container.health(),
                container.id(),
                container.created(),
                container.controller(),
                container.actions(),
                container.details(),
                container.lastKnown());
    }
}
