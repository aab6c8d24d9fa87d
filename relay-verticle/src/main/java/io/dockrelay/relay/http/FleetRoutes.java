package io.dockrelay.relay.http;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import io.dockrelay.listener.JsonAnswers;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.relay.fleet.FleetWatch;

/** Routes of one controller. On the relay's context. */
final class FleetRoutes {

    private final FleetWatch fleet;

    FleetRoutes(FleetWatch fleet) {
        this.fleet = fleet;
    }

    void mount(Router router) {
        router.delete("/api/controllers/:id").handler(this::dismiss);
    }

    private void dismiss(RoutingContext context) {
        String id = context.pathParam("id");
        try {
            fleet.dismiss(id);
            JsonAnswers.send(context, 200, new StateAnswer.Dismissed(id, "dismissed"));
        } catch (Refusal refusal) {
            JsonAnswers.refuse(context, refusal);
        }
    }
}
