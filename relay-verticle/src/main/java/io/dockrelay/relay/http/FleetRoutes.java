package io.dockrelay.relay.http;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import io.dockrelay.listener.JsonAnswers;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.record.RecordedAction;
import io.dockrelay.record.RecordedContainer;
import io.dockrelay.relay.audit.Actor;
import io.dockrelay.relay.audit.RelayAudit;
import io.dockrelay.relay.fleet.FleetWatch;

/** Routes of one controller. On the relay's context. */
final class FleetRoutes {

    private final FleetWatch fleet;
    private final RelayAudit audit;

    FleetRoutes(RelayState state) {
        this.fleet = state.fleet();
        this.audit = state.audit();
    }

    void mount(Router router) {
        router.delete("/api/controllers/:id").handler(this::dismiss);
    }

    /** Changes only what is listed, so that it is not refused while the record cannot be written. */
    private void dismiss(RoutingContext context) {
        String id = context.pathParam("id");
        Actor actor = Actor.of(context);
        var target = new RecordedContainer(id, null, null);
        try {
            fleet.dismiss(id);
            audit.happened(actor, RecordedAction.DISMISS, target, null);
            JsonAnswers.send(context, 200, new StateAnswer.Dismissed(id, "dismissed"));
        } catch (Refusal refusal) {
            audit.refusals().refused(actor, RecordedAction.DISMISS, target, refusal.getMessage());
            JsonAnswers.refuse(context, refusal);
        }
    }
}
