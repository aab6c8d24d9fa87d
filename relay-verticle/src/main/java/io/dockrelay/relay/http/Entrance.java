package io.dockrelay.relay.http;

import java.util.function.BooleanSupplier;

import io.vertx.core.http.HttpServerRequest;

import io.dockrelay.listener.AccessCheck;
import io.dockrelay.listener.AccessDecision;
import io.dockrelay.listener.AccessRequest;

/**
 * What a new WebSocket has to pass, for pages that ask why theirs was refused. On the relay's context.
 *
 * @param full whether one more WebSocket would be refused
 */
public record Entrance(AccessCheck access, BooleanSupplier full) {

    /**
     * Why a handshake of a page would be refused. A browser sends an Origin with a handshake, but not with a GET to the
     * page's own host.
     *
     * @param origin of the page; null when it is not known
     */
    StateAnswer.Session session(HttpServerRequest request, String origin) {
        if (origin != null
                && access.check(AccessRequest.of(request).from(origin)) instanceof AccessDecision.Refused refused) {
            return StateAnswer.Session.foreignOrigin(refused.reason());
        }
        return full.getAsBoolean()
                ? StateAnswer.Session.no("The settings allow no more connections; try again later.")
                : StateAnswer.Session.OK;
    }
}
