package io.dockrelay.relay.fleet;

import java.util.ArrayList;
import java.util.List;

import io.dockrelay.protocol.bus.EngineStatus;
import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.wire.ControllerLink;
import io.dockrelay.protocol.wire.ServerMessage.Removed;

/**
 * What one piece of news changed about the fleet, for those who watch it.
 *
 * @param containers the elements that are new or other than before, as they are served now
 * @param removed the elements that are no longer listed; a renamed one stands here under its old name
 * @param changes what really happened to containers; that a controller is away is none of these
 * @param links ways to controllers that changed
 * @param engines engines that stopped or started answering
 * @param forgotten controllers that are no longer listed
 */
public record FleetUpdate(
        List<Container> containers,
        List<Removed> removed,
        List<Change> changes,
        List<ControllerLink> links,
        List<EngineStatus> engines,
        List<String> forgotten) {

    public static final FleetUpdate NOTHING =
            new FleetUpdate(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    public FleetUpdate {
        containers = List.copyOf(containers);
        removed = List.copyOf(removed);
        changes = List.copyOf(changes);
        links = List.copyOf(links);
        engines = List.copyOf(engines);
        forgotten = List.copyOf(forgotten);
    }

    static FleetUpdate ofContainers(List<Container> containers, List<Removed> removed, List<Change> changes) {
        return new FleetUpdate(containers, removed, changes, List.of(), List.of(), List.of());
    }

    static FleetUpdate ofWay(List<ControllerLink> links, List<EngineStatus> engines) {
        return new FleetUpdate(List.of(), List.of(), List.of(), links, engines, List.of());
    }

    static FleetUpdate ofForgotten(String controller) {
        return new FleetUpdate(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(controller));
    }

    /** Whether the list of containers is another than before. */
    public boolean ofList() {
        return !(containers.isEmpty() && removed.isEmpty() && changes.isEmpty());
    }

    public boolean isNothing() {
        return !ofList() && links.isEmpty() && engines.isEmpty() && forgotten.isEmpty();
    }

    /** This news and then that. */
    public FleetUpdate then(FleetUpdate next) {
        return new FleetUpdate(
                joined(containers, next.containers),
                joined(removed, next.removed),
                joined(changes, next.changes),
                joined(links, next.links),
                joined(engines, next.engines),
                joined(forgotten, next.forgotten));
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
