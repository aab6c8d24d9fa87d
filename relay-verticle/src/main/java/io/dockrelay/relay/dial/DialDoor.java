package io.dockrelay.relay.dial;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

import io.dockrelay.listener.Authentication;
import io.dockrelay.listener.ClientAddress;
import io.dockrelay.protocol.dial.DialPaths;
import io.dockrelay.protocol.rights.Principal;
import io.dockrelay.settings.AccessSettings;
import io.dockrelay.settings.DialInSettings;

/**
 * Admits controllers that dial in: those with a key that holds, over TLS or from this machine. The principal's name is the id of
 * the enrolment. On the listener's context.
 */
public final class DialDoor implements Authentication {

    private static final String SCHEME = "Bearer ";

    private static final String NO_KEY =
            "This relay does not accept the key of this controller: it was revoked, or is of another relay. Create a new"
                    + " token in the relay's page, and enrol the controller again.";

    private final EnrolmentDesk desk;
    private final DialInSettings settings;
    private final ClientAddress addresses;
    private final Set<String> enrolPaths;
    private final Set<String> dialPaths;

    public DialDoor(EnrolmentDesk desk, DialInSettings settings, AccessSettings access, String pathPrefix) {
        this.desk = desk;
        this.settings = settings;
        this.addresses = new ClientAddress(access);
        this.enrolPaths = both(pathPrefix, DialPaths.ENROL);
        this.dialPaths = both(pathPrefix, DialPaths.DIAL);
    }

    /** The paths of the WebSockets. */
    public Set<String> paths() {
        return dialPaths;
    }

    @Override
    public Future<Principal> admit(HttpServerRequest request) {
        Optional<String> problem = problem(request);
        if (problem.isPresent()) {
            return Future.failedFuture(new NotAdmitted(403, problem.get()));
        }
        return key(request)
                .flatMap(desk::check)
                .map(host -> Future.succeededFuture(
                        new Principal(host.id(), Principal.Kind.CONTROLLER, Set.of(), Set.of(), addresses.of(request))))
                .orElseGet(() -> {
                    request.response().putHeader("WWW-Authenticate", "Bearer");
                    return Future.failedFuture(new NotAdmitted(401, NO_KEY));
                });
    }

    /** Why nothing secret may be sent over this connection; empty if it may. */
    public Optional<String> problem(HttpServerRequest request) {
        return settings.withoutTls() || addresses.isUnreadableOnItsWay(request)
                ? Optional.empty()
                : Optional.of("Without TLS every machine on the way can read the key and all logs: "
                        + DialInSettings.remedy() + ".");
    }

    /** The sign-in of everything else, which leaves the exchange of a token open: the token itself is checked there. */
    public Authentication before(Authentication signIn) {
        return new Authentication() {
            @Override
            public Future<Principal> admit(HttpServerRequest request) {
                return signIn.admit(request);
            }

            @Override
            public void clean(HttpServerRequest request) {
                signIn.clean(request);
            }

            @Override
            public boolean isOpen(HttpServerRequest request) {
                boolean exchange = request.method().equals(HttpMethod.POST) && enrolPaths.contains(request.path());
                return exchange || signIn.isOpen(request);
            }
        };
    }

    /** The key that a request presents. */
    static Optional<String> key(HttpServerRequest request) {
        return key(request.headers().getAll("Authorization"));
    }

    static Optional<String> key(List<String> presented) {
        return Optional.of(presented)
                .filter(headers -> headers.size() == 1)
                .map(List::getFirst)
                .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(header -> header.substring(SCHEME.length()).strip());
    }

    private static Set<String> both(String prefix, String path) {
        return Stream.of(path, prefix + path).collect(Collectors.toUnmodifiableSet());
    }
}
