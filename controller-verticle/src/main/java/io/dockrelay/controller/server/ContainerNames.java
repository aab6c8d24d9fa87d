package io.dockrelay.controller.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.dockrelay.protocol.bus.ContainersChanged;
import io.dockrelay.protocol.bus.ContainersSnapshot;
import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.state.ContainerStatus;

/**
 * Which container is meant by a name, a full name or an id: the list as far as names go, kept from a snapshot and the
 * changes after it. Owned by the server, on its context. Pure.
 */
final class ContainerNames {

    private final List<Container> containers = new ArrayList<>();
    private long revision;

    void reset(ContainersSnapshot snapshot) {
        revision = snapshot.revision();
        containers.clear();
        containers.addAll(snapshot.containers());
    }

    /** Returns false when something was missed, and a snapshot is needed. */
    boolean apply(ContainersChanged changed) {
        if (changed.revision() <= revision) {
            return true;
        }
        if (changed.revision() != revision + 1) {
            return false;
        }
        revision = changed.revision();
        changed.changes().forEach(this::apply);
        return true;
    }

    /** The short name; empty when nobody is known by what was asked for. */
    Optional<String> nameOf(String asked) {
        return containers.stream()
                .filter(container -> container.answersTo(asked))
                .map(Container::name)
                .findFirst();
    }

    /** The full name; null when nobody is known by that short one. */
    String fullNameOf(String name) {
        return containers.stream()
                .filter(container -> container.name().equals(name))
                .map(Container::fullName)
                .findFirst()
                .orElse(null);
    }

    private void apply(Change change) {
        boolean byId = change.id() != null
                && containers.removeIf(element -> change.id().equals(element.id()));
        if (!byId && change.previousStatus() != null) {
            containers.removeIf(element -> change.name().equals(element.name()));
        }
        if (change.currentStatus() != ContainerStatus.REMOVED && change.container() != null) {
            containers.add(change.container());
        }
    }
}
