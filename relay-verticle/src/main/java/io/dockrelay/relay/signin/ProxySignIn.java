package io.dockrelay.relay.signin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Router;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.listener.Authentication;
import io.dockrelay.listener.ClientAddress;
import io.dockrelay.listener.ClientSocket;
import io.dockrelay.listener.CloseCode;
import io.dockrelay.listener.TrustedProxies;
import io.dockrelay.protocol.rights.Principal;
import io.dockrelay.protocol.timers.Periodic;
import io.dockrelay.relay.signin.proxy.ProxyHeaders;
import io.dockrelay.relay.signin.proxy.ProxyHeaders.Finding;
import io.dockrelay.settings.GroupRoles;
import io.dockrelay.settings.ProxySignInSettings;
import io.dockrelay.settings.RelaySettings;

/**
 * Sign-in by a proxy that names the user in headers, with each request. A WebSocket is closed after a while, so that the proxy
 * decides again.
 */
final class ProxySignIn implements SignIn, Authentication {

    /** The page connects again at once; the proxy may refuse it then. */
    static final Duration SOCKET = Duration.ofMinutes(4);

    private static final Duration TICK = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(ProxySignIn.class);

    private final GroupRoles roles;
    private final ProxySignInSettings settings;
    private final TrustedProxies proxies;
    private final ProxyHeaders headers;
    private final ClientAddress addresses;
    private final PagePaths paths;
    private final Predicate<String> taken;
    private final Clock clock;
    private final Consumer<SignInEvent> events;
    private final Attempts reports = new Attempts();
    private final Periodic ticks;

    /** When each socket was opened. */
    private final Map<ClientSocket, Instant> sockets = new HashMap<>();

    /** @param taken whether a name is one of the users file */
    ProxySignIn(
            Vertx vertx,
            ProxySignInSettings settings,
            GroupRoles roles,
            RelaySettings all,
            Predicate<String> taken,
            Clock clock,
            Consumer<SignInEvent> events) {
        this.settings = settings;
        this.roles = roles;
        this.proxies = new TrustedProxies(settings.proxies());
        this.headers = new ProxyHeaders(settings);
        this.addresses = new ClientAddress(all.access());
        this.paths = new PagePaths(all.pathPrefix());
        this.taken = taken;
        this.clock = clock;
        this.events = events;
        this.ticks = new Periodic(vertx);
    }

    @Override
    public Future<Void> start() {
        ticks.start(TICK, this::closeOld);
        return Future.succeededFuture();
    }

    @Override
    public Authentication authentication() {
        return this;
    }

    @Override
    public void clean(HttpServerRequest request) {
        List<String> removed = headers.clean(request.headers(), isProxy(request));
        if (!removed.isEmpty()) {
            report(SignInEvent.ofUnknown(SignInEvent.Kind.PROXY_HEADERS, addresses.of(request)));
        }
    }

    @Override
    public Future<Principal> admit(HttpServerRequest request) {
        return switch (find(request)) {
            case Finding.Nothing nothing -> refused(401, "Sign in at the proxy in front of this relay first.");
            case Finding.Unusable unusable -> {
                report(SignInEvent.ofUnknown(SignInEvent.Kind.PROXY_REFUSED, addresses.of(request)));
                yield reported(403, "The proxy's headers name no user: " + unusable.reason() + ".");
            }
            case Finding.Named named
            when taken.test(named.name()) -> {
                report(new SignInEvent(SignInEvent.Kind.NAME_REFUSED, named.name(), addresses.of(request)));
                yield reported(403, "The name is that of a user of the users file: rename one of them.");
            }
            case Finding.Named named ->
                OriginRule.breaks(request)
                        ? refused(403, OriginRule.NEEDED)
                        : Future.succeededFuture(principal(named, request));
        };
    }

    @Override
    public boolean isOpen(HttpServerRequest request) {
        return paths.isPage(request) || paths.isSignIn(request);
    }

    @Override
    public boolean admits(HttpServerRequest request) {
        return user(request).isPresent();
    }

    @Override
    public void mount(Router router) {}

    @Override
    public void opened(int port) {
        LOG.info(
                "[sign-in] {} names the user in requests from {}",
                settings.userHeader(),
                String.join(", ", settings.proxies()));
    }

    @Override
    public boolean entered(ClientSocket socket) {
        sockets.put(socket, clock.instant());
        socket.onClose(() -> sockets.remove(socket));
        return true;
    }

    @Override
    public SessionState state(HttpServerRequest request) {
        return user(request)
                .map(user -> SessionState.of(SessionState.PROXY, user.name(), roles.of(user.groups()), user.groups()))
                .orElseGet(() -> SessionState.signedOut(SessionState.PROXY));
    }

    @Override
    public void close() {
        ticks.cancel();
    }

    private void closeOld() {
        Instant old = clock.instant().minus(SOCKET);
        List<ClientSocket> over = sockets.entrySet().stream()
                .filter(entry -> entry.getValue().isBefore(old))
                .map(Map.Entry::getKey)
                .toList();
        over.forEach(socket -> socket.close(CloseCode.SIGNED_OUT));
    }

    private Optional<Finding.Named> user(HttpServerRequest request) {
        return find(request) instanceof Finding.Named named && !taken.test(named.name())
                ? Optional.of(named)
                : Optional.empty();
    }

    private Finding find(HttpServerRequest request) {
        return isProxy(request) ? headers.find(request.headers()) : new Finding.Nothing();
    }

    /** The peer itself: what a proxy reports of other addresses is not a proof. */
    private boolean isProxy(HttpServerRequest request) {
        SocketAddress peer = request.remoteAddress();
        return peer != null && proxies.contains(peer.hostAddress());
    }

    private Principal principal(Finding.Named user, HttpServerRequest request) {
        return new Principal(
                user.name(), Principal.Kind.PROXY, user.groups(), roles.of(user.groups()), addresses.of(request));
    }

    /** An address that goes on must not fill the log; the record has the number. */
    private void report(SignInEvent event) {
        events.accept(event);
        if (reports.take(event.address(), clock.millis()).isEmpty()) {
            SignInLog.write(event);
        }
    }

    private static Future<Principal> refused(int status, String reason) {
        return Future.failedFuture(new NotAdmitted(status, reason));
    }

    private static Future<Principal> reported(int status, String reason) {
        return Future.failedFuture(NotAdmitted.reported(status, reason));
    }
}
