package io.dockrelay.relay.uplink;

import java.io.UncheckedIOException;

import io.vertx.core.Future;

import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.details.AskDetails;
import io.dockrelay.protocol.details.ContainerDetails;
import io.dockrelay.protocol.wire.WireJson;

/** Requests the details of a container over a controller's REST interface. On the uplink's context. */
final class RemoteDetails {

    private final ControllerRest rest;

    /** The controller's id on this bus. */
    private final String controller;

    RemoteDetails(ControllerRest rest, String controller) {
        this.rest = rest;
        this.controller = controller;
    }

    Future<ContainerDetails> details(AskDetails question, WireVersion version) {
        if (version == WireVersion.V1) {
            String why = "the controller of this container (version 1) does not report how it was made; update it";
            return Future.failedFuture(Refusal.notSupported(why));
        }
        return rest.get("/container/" + ControllerRest.encode(question.container()) + "/details")
                .compose(body -> {
                    try {
                        ContainerDetails details = WireJson.read(body.getBytes(), ContainerDetails.class);
                        return Future.succeededFuture(details.withController(controller));
                    } catch (UncheckedIOException e) {
                        return Future.failedFuture(ControllerRest.unreadable("details", e));
                    }
                });
    }
}
