package io.dockrelay.relay.fleet;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.dockrelay.protocol.bus.EngineStatus;
import io.dockrelay.protocol.state.Container;

/** Finds the container that a request means. Reads the state of the {@link Fleet} that owns it. Pure; for one thread. */
final class ContainerFinder {

    private final Map<String, KnownController> controllers;
    private final FormerIds formerIds;
    private final ServedList served;
    private final UnheardControllers unheard;

    ContainerFinder(
            Map<String, KnownController> controllers,
            FormerIds formerIds,
            ServedList served,
            UnheardControllers unheard) {
        this.controllers = controllers;
        this.formerIds = formerIds;
        this.served = served;
        this.unheard = unheard;
    }

    /** See {@link Fleet#find}. */
    FleetLookup find(String controller, String asked, Visibility visible) {
        int slash = asked.indexOf('/');
        String prefix = slash > 0 ? formerIds.current(asked.substring(0, slash)) : null;
        if (controller == null && prefix != null && controllers.containsKey(prefix) && visible.seesHost(prefix)) {
            return found(prefix, asked.substring(slash + 1), visible);
        }
        return found(controller == null ? null : formerIds.current(controller), asked, visible);
    }

    private FleetLookup found(String controller, String asked, Visibility visible) {
        List<Container> meant = served.containers().stream()
                .filter(container -> FleetLookup.isMeant(container, asked) && visible.sees(container))
                .toList();
        FleetLookup found = FleetLookup.among(meant, controller, asked);
        return switch (found) {
            case FleetLookup.One one -> one;
            case FleetLookup.Several several -> connected(meant, asked).orElse(several);
            case FleetLookup.Undecided undecided -> undecided;
            case FleetLookup.None none ->
                isUndecided(controller, visible)
                        ? new FleetLookup.Undecided(asked)
                        : new FleetLookup.None(asked, unseenEngine(controller, visible));
        };
    }

    /**
     * See {@link Fleet#isUndecided}. A controller that does not exist for someone is like one that is not known, whether or not
     * it has been heard of.
     */
    boolean isUndecided(String controller, Visibility visible) {
        boolean decided = controller != null && unheard.hasHeardOf(controller) && visible.seesHost(controller);
        return unheard.exist() && visible.seesAny() && !decided;
    }

    /** The one on a connected controller, if the other controllers are away. */
    private Optional<FleetLookup> connected(List<Container> meant, String asked) {
        List<Container> there = meant.stream()
                .filter(container -> controllers.get(container.controller()).reachable())
                .toList();
        return Optional.of(FleetLookup.among(there, null, asked)).filter(FleetLookup.One.class::isInstance);
    }

    /** An engine that is away and whose containers were never known. */
    private Optional<EngineStatus> unseenEngine(String controller, Visibility visible) {
        return controllers.values().stream()
                .filter(known -> visible.seesHost(known.id()))
                .filter(known -> controller == null || controller.equals(known.id()))
                .filter(KnownController::hasUnseenEngine)
                .map(KnownController::engine)
                .findFirst();
    }
}
