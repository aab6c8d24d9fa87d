package io.dockrelay.relay.http;

import java.util.function.BooleanSupplier;

import io.vertx.core.http.HttpServerRequest;

import io.dockrelay.listener.AccessCheck;
import io.dockrelay.listener.AccessDecision;
import io.dockrelay.listener.AccessRequest;
import io.dockrelay.relay.signin.SessionState;
import io.dockrelay.relay.signin.SignIn;

/**
 * What a new WebSocket has to pass, for pages that ask why theirs was refused. On the relay's context.
 *
 * @param signIn of this relay
 * @param full whether one more WebSocket would be refused
 */
public record Entrance(AccessCheck access, SignIn signIn, BooleanSupplier full) {

    /**
     * Why a handshake of a page would be refused, and the session of the page. A browser sends an Origin with a handshake, but
     * not with a GET to the page's own host.
     *
     * @param origin of the page; null when it is not known
     */
    StateAnswer.Session session(HttpServerRequest request, String origin) {
        SessionState state = signIn.state(request);
        if (origin != null
                && access.check(AccessRequest.of(request).from(origin)) instanceof AccessDecision.Refused refused) {
            return new StateAnswer.Session(false, refused.reason(), "origin", state);
        }
        if (state.mustSignIn()) {
            return new StateAnswer.Session(false, "Sign in first.", "sign-in", state);
        }
        return full.getAsBoolean()
                ? new StateAnswer.Session(
                        false, "The settings allow no more connections; try again later.", null, state)
                : new StateAnswer.Session(true, null, null, state);
    }
}
