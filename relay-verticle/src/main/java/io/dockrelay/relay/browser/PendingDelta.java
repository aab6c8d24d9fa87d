package io.dockrelay.relay.browser;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.wire.ServerMessage.ContainersDelta;
import io.dockrelay.protocol.wire.ServerMessage.Removed;
import io.dockrelay.relay.fleet.ContainerKey;
import io.dockrelay.relay.fleet.FleetUpdate;

/** What has changed since the last message to the browsers: the newest state of each container, and every change. Pure. */
final class PendingDelta {

    private final Map<ContainerKey, Container> containers = new TreeMap<>();
    private final Map<ContainerKey, Removed> removed = new TreeMap<>();
    private final List<Change> changes = new ArrayList<>();
    private boolean ofStates;

    void add(FleetUpdate update) {
        for (Removed gone : update.removed()) {
            ContainerKey key = new ContainerKey(gone.name(), gone.controller());
            containers.remove(key);
            removed.putIfAbsent(key, gone);
        }
        update.containers().forEach(this::put);
        update.acting().forEach(this::put);
        changes.addAll(update.changes());
        ofStates |= update.ofStates();
    }

    /** Whether there is more than actions that began or ended. */
    boolean ofStates() {
        return ofStates;
    }

    boolean isEmpty() {
        return containers.isEmpty() && removed.isEmpty() && changes.isEmpty();
    }

    List<Change> changes() {
        return List.copyOf(changes);
    }

    /** All of it as one message; nothing is pending afterwards. */
    ContainersDelta take(Instant now, long revision) {
        var delta = new ContainersDelta(
                now, revision, List.copyOf(containers.values()), List.copyOf(removed.values()), List.copyOf(changes));
        containers.clear();
        removed.clear();
        changes.clear();
        ofStates = false;
        return delta;
    }

    private void put(Container container) {
        ContainerKey key = ContainerKey.of(container);
        removed.remove(key);
        containers.put(key, container);
    }
}
