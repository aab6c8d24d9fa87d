package io.dockrelay.relay.uplink;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.dockrelay.protocol.state.ActionInProgress;
import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.ChangeReason;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.state.ContainerList;
import io.dockrelay.protocol.state.ContainerListDiff;

/**
 * The containers of one remote controller, under that controller's id, with revisions of the uplink's own. Owned by
 * {@link RemoteInventory}. Pure.
 */
final class RemoteList {

    private final String controller;
    private ContainerList list = ContainerList.EMPTY;

    /** Actions in progress that the controller itself does not report, by container name. */
    private final Map<String, ActionInProgress> acting = new HashMap<>();

    /** Grows by one with every set of changes. */
    private long revision;

    /** When the list was last updated. */
    private Instant at = Instant.EPOCH;

    RemoteList(String controller) {
        this.controller = controller;
    }

    String controller() {
        return controller;
    }

    List<Container> containers() {
        return list.containers();
    }

    long revision() {
        return revision;
    }

    Instant at() {
        return at;
    }

    /** The container with this name, full name or id; null when there is none. */
    Container find(String nameOrId) {
        return list.find(nameOrId).orElse(null);
    }

    /** Replaces the whole list; returns what is different. */
    List<Change> replace(List<Container> received, Instant now) {
        ContainerList before = list;
        list = new ContainerList(received.stream()
                .map(it -> it.withController(controller).withAction(acting.getOrDefault(it.name(), it.action())))
                .toList());
        return counted(ContainerListDiff.between(before, list, now), now);
    }

    /** Applies changes that are complete; returns them under this controller's id. */
    List<Change> apply(List<Change> received, Instant now) {
        List<Change> changes =
                received.stream().map(it -> it.withController(controller)).toList();
        list = list.with(changes);
        return counted(changes, now);
    }

    /**
     * Shows an action that the controller itself does not report, or its end; returns the changes.
     *
     * @param action null for none
     */
    List<Change> show(String name, ActionInProgress action, Instant now) {
        if (action == null) {
            acting.remove(name);
        } else {
            acting.put(name, action);
        }
        return list.find(name)
                .map(before -> Change.of(before, before.withAction(action), ChangeReason.ACTION, null, now))
                .map(change -> apply(List.of(change), now))
                .orElse(List.of());
    }

    /** Takes over the status texts of a list that may be older than the last change; actions in progress stay. */
    void refresh(List<Container> received) {
        ContainerList fresh = new ContainerList(received);
        list = new ContainerList(
                list.containers().stream().map(known -> refreshed(known, fresh)).toList());
    }

    private Container refreshed(Container known, ContainerList fresh) {
        return fresh.containers().stream()
                .filter(candidate -> isSameState(known, candidate))
                .findFirst()
                .map(candidate -> candidate.withController(controller).withAction(known.action()))
                .orElse(known);
    }

    private List<Change> counted(List<Change> changes, Instant now) {
        at = now;
        revision += changes.isEmpty() ? 0 : 1;
        return changes;
    }

    private static boolean isSameState(Container known, Container received) {
        return known.name().equals(received.name())
                && Objects.equals(known.id(), received.id())
                && known.status() == received.status()
                && known.health() == received.health();
    }
}
