package io.dockrelay.relay.fleet;

import java.util.ArrayList;
import java.util.List;

import io.dockrelay.protocol.bus.EngineStatus;
import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.wire.ControllerLink;
import io.dockrelay.protocol.wire.ServerMessage.Removed;

/**
 * What one message changed about the fleet.
 *
 * @param containers the elements that are new or different, as they are served now
 * @param acting the elements of which only the action in progress is different
 * @param removed the elements that are no longer listed; a renamed one is here under its old name
 * @param departed the elements that are no longer listed, or have another id, as they were served before
 * @param changes what happened to containers; an absent controller is no such change
 * @param links connections to controllers that changed
 * @param engines engines that stopped or started answering
 * @param forgotten controllers that are no longer listed
 * @param events what became of controllers, for what is open there
 */
public record FleetUpdate(
        List<Container> containers,
        List<Container> acting,
        List<Removed> removed,
        List<Container> departed,
        List<Change> changes,
        List<ControllerLink> links,
        List<EngineStatus> engines,
        List<String> forgotten,
        List<ControllerEvent> events) {

    public static final FleetUpdate NOTHING = new FleetUpdate(
            List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    public FleetUpdate {
        containers = List.copyOf(containers);
        acting = List.copyOf(acting);
        removed = List.copyOf(removed);
        departed = List.copyOf(departed);
        changes = List.copyOf(changes);
        links = List.copyOf(links);
        engines = List.copyOf(engines);
        forgotten = List.copyOf(forgotten);
        events = List.copyOf(events);
    }

    static FleetUpdate ofContainers(List<Container> containers, List<Removed> removed, List<Change> changes) {
        return NOTHING.with(containers, List.of(), removed, changes);
    }

    static FleetUpdate ofActing(List<Container> acting) {
        return NOTHING.with(List.of(), acting, List.of(), List.of());
    }

    static FleetUpdate ofDeparted(List<Container> departed) {
        return new FleetUpdate(
                List.of(), List.of(), List.of(), departed, List.of(), List.of(), List.of(), List.of(), List.of());
    }

    static FleetUpdate ofLinks(List<ControllerLink> links, List<EngineStatus> engines) {
        return new FleetUpdate(
                List.of(), List.of(), List.of(), List.of(), List.of(), links, engines, List.of(), List.of());
    }

    static FleetUpdate ofForgotten(String controller) {
        return new FleetUpdate(
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(controller),
                List.of());
    }

    static FleetUpdate ofEvents(List<ControllerEvent> events) {
        return new FleetUpdate(
                List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), events);
    }

    /** The same update with these differences of the list instead of its own. */
    public FleetUpdate with(
            List<Container> updated, List<Container> begunOrEnded, List<Removed> gone, List<Change> happened) {
        return new FleetUpdate(updated, begunOrEnded, gone, departed, happened, links, engines, forgotten, events);
    }

    /** The controllers that have another id. */
    public List<ControllerEvent> moves() {
        return events.stream()
                .filter(event -> event.kind() == ControllerEvent.Kind.MOVED)
                .toList();
    }

    /** Whether the list of containers has changed. */
    public boolean ofList() {
        return ofStates() || !acting.isEmpty();
    }

    /** Whether the list has changed by more than actions that began or ended. */
    public boolean ofStates() {
        return !(containers.isEmpty() && removed.isEmpty() && changes.isEmpty());
    }

    /** Whether nothing of what browsers see has changed; there may be {@link #events}. */
    public boolean isNothing() {
        return !ofList() && links.isEmpty() && engines.isEmpty() && forgotten.isEmpty();
    }

    /** This update and the next one. */
    public FleetUpdate then(FleetUpdate next) {
        return new FleetUpdate(
                joined(containers, next.containers),
                joined(acting, next.acting),
                joined(removed, next.removed),
                joined(departed, next.departed),
                joined(changes, next.changes),
                joined(links, next.links),
                joined(engines, next.engines),
                joined(forgotten, next.forgotten),
                joined(events, next.events));
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
