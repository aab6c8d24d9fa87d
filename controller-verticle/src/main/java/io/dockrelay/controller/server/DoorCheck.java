package io.dockrelay.controller.server;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLPeerUnverifiedException;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;

import io.dockrelay.listener.Authentication;
import io.dockrelay.listener.ClientAddress;
import io.dockrelay.listener.LocalRequest;
import io.dockrelay.protocol.rights.Principal;
import io.dockrelay.settings.AccessSettings;
import io.dockrelay.settings.DoorSettings;
import io.dockrelay.settings.Secret;

/**
 * Admits the clients of a controller: those that present its token, a certificate of its issuers, or both, as its settings
 * say. Without either, only clients of this machine, unless the settings trust the network; what a proxy or a forwarded port
 * passes on is not of this machine. The health is open (see {@link Authentication}). Used by the listener, on its context.
 */
final class DoorCheck implements Authentication {

    private static final String SCHEME = "Bearer ";

    private static final String NO_TOKEN = "This controller needs its token: set controllerToken (CONTROLLER_TOKEN) at"
            + " the relay; programs send it as Authorization: Bearer TOKEN.";
    private static final String WRONG_TOKEN = "This is not the token of this controller: set controllerToken"
            + " (CONTROLLER_TOKEN) to the same value at both.";
    private static final String NO_CERTIFICATE = "This controller needs a certificate of one of its tlsClientCa"
            + " (CONTROLLER_TLS_CLIENT_CA): set controllerCert (RELAY_CONTROLLER_CERT) at the relay.";

    private final DoorSettings door;
    private final ClientAddress address;

    DoorCheck(DoorSettings door, AccessSettings access) {
        this.door = door;
        this.address = new ClientAddress(access);
    }

    @Override
    public Future<Principal> admit(HttpServerRequest request) {
        Optional<NotAdmitted> refusal = certificate(request)
                .or(() -> door.token().flatMap(token -> token(token, request)))
                .or(() -> elsewhere(request));
        refusal.filter(reason -> reason.status() == 401)
                .ifPresent(reason -> request.response().putHeader("WWW-Authenticate", "Bearer"));
        return refusal.<Future<Principal>>map(Future::failedFuture)
                .orElseGet(() -> Future.succeededFuture(principal(request)));
    }

    private Principal principal(HttpServerRequest request) {
        String client = address.of(request);
        return door.isGuarded()
                ? new Principal(client, Principal.Kind.CONTROLLER, Set.of(), Set.of(), client)
                : Principal.anyone(client);
    }

    /** The handshake has verified a certificate, if there is one. */
    private Optional<NotAdmitted> certificate(HttpServerRequest request) {
        if (!door.isMutual()) {
            return Optional.empty();
        }
        try {
            return request.connection().peerCertificates().isEmpty()
                    ? Optional.of(new NotAdmitted(401, NO_CERTIFICATE))
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException none) {
            return Optional.of(new NotAdmitted(401, NO_CERTIFICATE));
        }
    }

    private static Optional<NotAdmitted> token(Secret token, HttpServerRequest request) {
        List<String> presented = request.headers().getAll("Authorization");
        if (presented.isEmpty()) {
            return Optional.of(new NotAdmitted(401, NO_TOKEN));
        }
        String header = presented.getFirst();
        boolean right = presented.size() == 1
                && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && token.matches(header.substring(SCHEME.length()).strip());
        return right ? Optional.empty() : Optional.of(new NotAdmitted(401, WRONG_TOKEN));
    }

    private Optional<NotAdmitted> elsewhere(HttpServerRequest request) {
        return door.isGuarded() || door.trustNetwork()
                ? Optional.empty()
                : LocalRequest.trace(request).map(DoorCheck::notLocal);
    }

    private static NotAdmitted notLocal(String trace) {
        return new NotAdmitted(
                403,
                "Without a token only clients of this machine are allowed, and " + trace
                        + " shows that the request comes through a proxy or a forwarded port: " + DoorSettings.remedy()
                        + ".");
    }
}
