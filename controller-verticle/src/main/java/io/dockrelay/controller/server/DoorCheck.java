package io.dockrelay.controller.server;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLPeerUnverifiedException;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;

import io.dockrelay.listener.Authentication;
import io.dockrelay.settings.DoorSettings;
import io.dockrelay.settings.Secret;

/**
 * Admits the clients of a controller: those that present its token, a certificate of its issuers, or both, as its settings
 * say. Without either, only clients of this machine, unless the settings trust the network; what a proxy passes on is not of
 * this machine. Used by the listener, on its context.
 */
final class DoorCheck implements Authentication {

    private static final String SCHEME = "Bearer ";

    /** Any of them says that the request came through a proxy. */
    private static final List<String> OF_PROXIES =
            List.of("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP");

    private static final String NO_TOKEN = "This controller needs its token: set controllerToken (CONTROLLER_TOKEN) at"
            + " the relay; programs send it as Authorization: Bearer TOKEN.";
    private static final String WRONG_TOKEN = "This is not the token of this controller: set controllerToken"
            + " (CONTROLLER_TOKEN) to the same value at both.";
    private static final String NO_CERTIFICATE = "This controller needs a certificate of one of its tlsClientCa"
            + " (CONTROLLER_TLS_CLIENT_CA): set controllerCert (RELAY_CONTROLLER_CERT) at the relay.";

    private final DoorSettings door;
    private final Set<String> openPaths;

    /** @param openPaths exact paths for which clients need nothing */
    DoorCheck(DoorSettings door, Set<String> openPaths) {
        this.door = door;
        this.openPaths = Set.copyOf(openPaths);
    }

    @Override
    public Future<Void> admit(HttpServerRequest request) {
        if (openPaths.contains(request.path())) {
            return Future.succeededFuture();
        }
        Optional<NotAdmitted> refusal = certificate(request)
                .or(() -> door.token().flatMap(token -> token(token, request)))
                .or(() -> proxy(request));
        refusal.filter(reason -> reason.status() == 401)
                .ifPresent(reason -> request.response().putHeader("WWW-Authenticate", "Bearer"));
        return refusal.<Future<Void>>map(Future::failedFuture).orElseGet(Future::succeededFuture);
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

    private Optional<NotAdmitted> proxy(HttpServerRequest request) {
        boolean proxied = OF_PROXIES.stream().anyMatch(request.headers()::contains);
        return proxied && !door.isGuarded() && !door.trustNetwork()
                ? Optional.of(new NotAdmitted(
                        403, "A proxy passes on what other machines send: " + DoorSettings.remedy() + "."))
                : Optional.empty();
    }
}
