package io.dockrelay.controller.server;

import java.util.Set;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;

import io.dockrelay.listener.Authentication;
import io.dockrelay.protocol.rights.Principal;

/**
 * Admits what comes through the tunnel of the relay at which this controller has enrolled: only this program's user can reach
 * its sockets, and only that relay's connections are led there. Used by the listener, on its context.
 */
record TunnelDoor(String relay) implements Authentication {

    @Override
    public Future<Principal> admit(HttpServerRequest request) {
        return Future.succeededFuture(new Principal(relay, Principal.Kind.CONTROLLER, Set.of(), Set.of(), relay));
    }
}
