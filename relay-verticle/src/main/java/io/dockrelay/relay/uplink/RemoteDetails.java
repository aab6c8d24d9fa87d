package io.dockrelay.relay.uplink;

import java.io.UncheckedIOException;

import io.vertx.core.Future;

import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.details.AskDetails;
import io.dockrelay.protocol.details.ContainerDetails;
import io.dockrelay.protocol.wire.WireJson;

/** Asks a controller over its REST interface how a container was made. On the uplink's context. */
final class RemoteDetails {

    private final ControllerRest rest;

    /** The id that the controller is known by here. */
    private final String controller;

    RemoteDetails(ControllerRest rest, String controller) {
        this.rest = rest;
        this.controller = controller;
    }

    Future<ContainerDetails> details(AskDetails question, WireVersion dialect) {
        if (dialect == WireVersion.V1) {
            String why = "the controller of this container does not tell how it was made";
            return Future.failedFuture(new Refusal(RefusalKind.BAD_REQUEST, why));
        }
        return rest.get("/container/" + ControllerRest.encode(question.container()) + "/details")
                .compose(body -> {
                    try {
                        ContainerDetails told = WireJson.read(body.getBytes(), ContainerDetails.class);
                        return Future.succeededFuture(told.withController(controller));
                    } catch (UncheckedIOException e) {
                        String why = "the controller's details are not understood: " + e.getMessage();
                        return Future.failedFuture(new Refusal(RefusalKind.ENGINE_ERROR, why));
                    }
                });
    }
}
