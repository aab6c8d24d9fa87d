package io.dockrelay.relay.http;

import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.rights.Permission;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.relay.fleet.FleetLookup;
import io.dockrelay.relay.view.Caller;
import io.dockrelay.relay.view.FleetView;

/**
 * Where the past load of a container is: its controller, and its name there. Pure.
 *
 * @param controller can be asked
 */
record HistorySource(String controller, String container) {

    /**
     * A removed container is known to its controller only, so the request has to name the controller.
     *
     * @param controller null for any
     * @throws Refusal where there is none, or the caller may not have its load
     */
    static HistorySource of(Caller caller, String controller, String asked) {
        FleetView view = caller.view();
        boolean removed = view.find(controller, asked) instanceof FleetLookup.None
                && controller != null
                && view.reachable(controller);
        if (removed) {
            if (!view.mayLastKnown(Permission.STATS, controller, asked)) {
                throw Refusal.noSuchContainer(asked);
            }
            return new HistorySource(controller, asked);
        }
        Container container = caller.container(Permission.STATS, controller, asked);
        if (!view.reachable(container.controller())) {
            throw new Refusal(RefusalKind.CONTROLLER_UNAVAILABLE, "Controller " + container.controller() + " is away.");
        }
        return new HistorySource(container.controller(), container.name());
    }
}
