package io.dockrelay.relay.view;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.wire.ServerMessage.Removed;
import io.dockrelay.relay.fleet.ContainerKey;
import io.dockrelay.relay.fleet.FleetUpdate;

/**
 * What each update of the fleet changes in one view. A container that is no longer visible, because its labels or its place
 * have changed, is removed there; one that becomes visible is new. For one thread.
 */
public final class VisibleUpdates {

    private final FleetView view;
    /** The elements that exist in the view. */
    private final Set<ContainerKey> visible = new HashSet<>();

    public VisibleUpdates(FleetView view) {
        this.view = view;
        view.containers().forEach(container -> visible.add(ContainerKey.of(container)));
    }

    /** The update's list and changes as they are in the view; what it says of controllers is left as it is. */
    public FleetUpdate of(FleetUpdate update) {
        // Before the elements: a removal is visible if the container was.
        List<Change> changes = update.changes().stream()
                .map(this::shown)
                .flatMap(Optional::stream)
                .toList();
        List<Removed> removed = new ArrayList<>();
        for (Removed gone : update.removed()) {
            if (visible.remove(new ContainerKey(gone.name(), gone.controller()))) {
                removed.add(gone);
            }
        }
        List<Container> containers = shown(update.containers(), removed);
        List<Container> acting = shown(update.acting(), removed);
        return update.with(containers, acting, removed, changes);
    }

    private List<Container> shown(List<Container> updated, List<Removed> removed) {
        List<Container> shown = new ArrayList<>();
        for (Container container : updated) {
            ContainerKey key = ContainerKey.of(container);
            Optional<Container> seen = view.shown(container);
            if (seen.isPresent()) {
                visible.add(key);
                shown.add(seen.get());
            } else if (visible.remove(key)) {
                removed.add(new Removed(container.controller(), container.id(), container.name()));
            }
        }
        return shown;
    }

    private Optional<Change> shown(Change change) {
        if (change.container() == null) {
            return visible.contains(ContainerKey.of(change)) ? Optional.of(change) : Optional.empty();
        }
        return view.shown(change.container()).map(change::withContainer);
    }
}
