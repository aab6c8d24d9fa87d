package io.dockrelay.relay.http;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import io.dockrelay.listener.JsonAnswers;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.record.RecordedAction;
import io.dockrelay.record.RecordedContainer;
import io.dockrelay.relay.audit.Actor;
import io.dockrelay.relay.audit.RelayAudit;

/** Routes of one controller. On the relay's context. */
final class FleetRoutes {

    private final RelayState state;
    private final RelayAudit audit;

    FleetRoutes(RelayState state) {
        this.state = state;
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
            state.views().dismiss(state.caller(context), id);
            audit.happened(actor, RecordedAction.DISMISS, target, null);
            JsonAnswers.send(context, 200, new StateAnswer.Dismissed(id, "dismissed"));
        } catch (Refusal refusal) {
            audit.refusals().refused(actor, RecordedAction.DISMISS, target, refusal);
            JsonAnswers.refuse(context, refusal);
        }
    }
}
