package io.dockrelay.relay.uplink;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.state.ContainerStatus;

/** The containers of one remote controller as last told, under that controller's id, with revisions of our own. Pure. */
final class RemoteList {

    private final String controller;
    private List<Container> containers = List.of();

    /** Grows by one with every set of changes. */
    private long revision;

    /** When the list was last told. */
    private Instant at = Instant.EPOCH;

    RemoteList(String controller) {
        this.controller = controller;
    }

    String controller() {
        return controller;
    }

    List<Container> containers() {
        return containers;
    }

    long revision() {
        return revision;
    }

    Instant at() {
        return at;
    }

    /** The container meant by a name, full name or id; null when there is none. */
    Container find(String nameOrId) {
        for (Container container : containers) {
            if (container.answersTo(nameOrId)) {
                return container;
            }
        }
        return null;
    }

    /** Takes a whole list, and says what is different. */
    List<Change> replace(List<Container> told, Instant now) {
        List<Container> ours = told.stream().map(this::ours).toList();
        List<Change> changes = Comparison.of(containers, ours, now);
        containers = ours;
        return counted(changes, now);
    }

    /** Whether changes hold the elements to go by; those of a v1 controller do not. */
    static boolean holdsElements(List<Change> told) {
        return told.stream()
                .allMatch(change -> change.container() != null || change.currentStatus() == ContainerStatus.REMOVED);
    }

    /** Takes changes that hold their elements, and says them under our id. */
    List<Change> apply(List<Change> told, Instant now) {
        List<Change> changes = told.stream().map(this::ours).toList();
        List<Container> list = new ArrayList<>(containers);
        for (Change change : changes) {
            list.removeIf(container -> meant(change, container));
            if (change.container() != null) {
                list.add(change.container());
            }
        }
        containers = List.copyOf(list);
        return counted(changes, now);
    }

    /** Takes fresh status texts from a list that may be older than the last change. */
    void refresh(List<Container> told) {
        List<Container> fresh = new ArrayList<>(containers.size());
        for (Container known : containers) {
            Container same = told.stream()
                    .filter(candidate -> sameState(known, candidate))
                    .findFirst()
                    .orElse(null);
            fresh.add(same == null ? known : ours(same));
        }
        containers = List.copyOf(fresh);
    }

    private List<Change> counted(List<Change> changes, Instant now) {
        at = now;
        revision += changes.isEmpty() ? 0 : 1;
        return changes;
    }

    private static boolean meant(Change change, Container container) {
        boolean sameId = change.id() != null && change.id().equals(container.id());
        boolean removed = change.currentStatus() == ContainerStatus.REMOVED && change.id() != null;
        return sameId || (!removed && container.name().equals(change.name()));
    }

    private static boolean sameState(Container known, Container told) {
        return known.name().equals(told.name())
                && Objects.equals(known.id(), told.id())
                && known.status() == told.status()
                && known.health() == told.health();
    }

    private Container ours(Container told) {
        return controller.equals(told.controller()) ? told : told.withController(controller);
    }

    private Change ours(Change told) {
        Container element = told.container() == null ? null : ours(told.container());
        return new Change(
                told.name(),
                told.previousStatus(),
                told.previousHealth(),
                told.currentStatus(),
                told.currentHealth(),
                told.running(),
                told.statusDetail(),
                told.id(),
                told.reason(),
                told.exitCode(),
                told.at(),
                controller,
                element);
    }
}
