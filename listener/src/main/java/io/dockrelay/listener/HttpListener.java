package io.dockrelay.listener;

import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.SocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.listener.limits.Clients;
import io.dockrelay.listener.limits.PlainConnections;
import io.dockrelay.listener.tls.ListenerTls;
import io.dockrelay.protocol.rights.Principal;
import io.dockrelay.settings.AccessSettings;
import io.dockrelay.settings.Limits;
import io.dockrelay.settings.ListenAddress;
import io.dockrelay.settings.TlsSettings;

/**
 * One HTTP port. Every request, handshakes included, passes the {@link AccessCheck} and the {@link Authentication}
 * before a router or a session sees it. Connections are limited; WebSockets are monitored and closed with a documented
 * {@link CloseCode}.
 *
 * <p>Owned by the verticle that opens it in {@code start()} and closes it in {@code stop()}; everything runs on that
 * verticle's context.
 */
public final class HttpListener {

    private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);

    /** What a port without a page or a REST interface answers to a request. */
    public static final String ONLY_WEB_SOCKETS = "Only WebSockets are served on this port.";

    private final Vertx vertx;
    private final ListenAddress address;
    private final Limits limits;
    private final AccessCheck access;
    private Authentication signIn = Authentication.OPEN;
    private Handler<HttpServerRequest> requests =
            request -> JsonErrors.answer(request.response(), 404, ONLY_WEB_SOCKETS);
    private boolean servesRequests;
    private Predicate<String> socketPaths = path -> false;
    private boolean servesSockets;
    private Set<String> filePaths = Set.of();
    private Set<String> healthPaths = Set.of();
    private OpenSockets sockets;
    private RefusalLog refusals;
    private Consumer<RefusedRequest> onRefused = refused -> {};

    /** Null without TLS. */
    private ListenerTls tls;

    /** Null until opened. */
    private HttpServer server;

    /** Open connections without the WebSockets, which {@link #sockets} has. */
    private final PlainConnections connections;

    /** Null without any. */
    private Tunnels tunnels;

    /** Null for the port of the address. */
    private Path socketFile;

    private final Clients clients;
    private final ClientAddress addresses;

    public HttpListener(Vertx vertx, ListenAddress address, AccessSettings access, Limits limits) {
        this.vertx = vertx;
        this.address = address;
        this.limits = limits;
        this.access = new AccessCheck(access);
        this.addresses = new ClientAddress(access);
        this.clients = new Clients(limits.clients());
        this.connections = new PlainConnections(limits, clients, this::openSockets);
        this.sockets = new OpenSockets(vertx, 0, clients, addresses, socket -> {});
    }

    /** The handler of requests; usually a Router with {@link JsonErrors} installed. */
    public HttpListener requests(Handler<HttpServerRequest> handler) {
        requests = handler;
        servesRequests = true;
        return this;
    }

    /** The handler of WebSockets at these paths. At any other path a handshake is treated as a plain request. */
    public HttpListener webSockets(Set<String> paths, Consumer<ClientSocket> handler) {
        return webSockets(Set.copyOf(paths)::contains, handler);
    }

    /** The same at the paths for which this is true. */
    public HttpListener webSockets(Predicate<String> paths, Consumer<ClientSocket> handler) {
        socketPaths = paths;
        servesSockets = true;
        sockets = new OpenSockets(vertx, limits.connections(), clients, addresses, handler);
        return this;
    }

    /** Tunnels at these paths, which have a way of their own to admit clients. */
    public HttpListener tunnels(Tunnels served) {
        tunnels = served;
        return this;
    }

    /** Listens on a UNIX domain socket in place of the port. Whoever reaches the file is a client without an address. */
    public HttpListener socket(Path file) {
        socketFile = file;
        return this;
    }

    /**
     * The exact paths of files that are the same for every client. Their Origin is not checked: behind a proxy that does not
     * pass Host, a page could not load its own script otherwise, and could not show what is wrong.
     */
    public HttpListener files(Set<String> paths) {
        filePaths = Set.copyOf(paths);
        return this;
    }

    /** The exact paths at which a load balancer asks for the health; in HTTP/1.0 it may leave out Host. */
    public HttpListener health(Set<String> paths) {
        healthPaths = Set.copyOf(paths);
        return this;
    }

    /** Speaks TLS only. */
    public HttpListener tls(TlsSettings settings) {
        tls = new ListenerTls(vertx, settings);
        return this;
    }

    /** Whether clients use TLS up to this program. */
    public boolean isTls() {
        return tls != null;
    }

    /** The step after the access check; unless it is set, every allowed client is admitted. */
    public HttpListener signIn(Authentication step) {
        signIn = step;
        return this;
    }

    /**
     * Called with every request that the access check or the authentication has refused, and not reported itself; set before the
     * start.
     */
    public HttpListener onRefused(Consumer<RefusedRequest> listener) {
        onRefused = listener;
        return this;
    }

    /**
     * Opens the port and succeeds with its number; fails with {@link ListenException}, or with {@link
     * io.dockrelay.settings.SettingsException} if the files for TLS cannot be used.
     */
    public Future<Integer> open() {
        refusals = new RefusalLog(LOG, label());
        HttpServerOptions plain = ListenerOptions.of(address);
        return tls == null ? listen(plain) : tls.secured(plain).compose(this::listen);
    }

    private Future<Integer> listen(HttpServerOptions options) {
        server = vertx.createHttpServer(options)
                .connectionHandler(this::connected)
                .invalidRequestHandler(JsonErrors::invalid)
                .requestHandler(this::received);
        Future<HttpServer> listening = socketFile == null
                ? server.listen()
                : server.listen(SocketAddress.domainSocketAddress(socketFile.toString()));
        return listening
                .map(opened -> announce(opened.actualPort()))
                .recover(cause -> Future.failedFuture(ListenException.on(address, cause)));
    }

    /** Closes every WebSocket with {@link CloseCode#GOING_AWAY}, then the port. */
    public Future<Void> close() {
        if (tls != null) {
            tls.close();
        }
        return server == null ? Future.succeededFuture() : sockets.closeAll().transform(closed -> server.close());
    }

    /** Open WebSockets. */
    public int openSockets() {
        return sockets.count();
    }

    private void connected(HttpConnection connection) {
        // Most clients disconnect without a close handshake; Vert.x would log that as an error.
        connection.exceptionHandler(broken -> LOG.debug("{} {}", label(), broken.getMessage()));
        connections.add(connection, addresses.ofConnection(connection.remoteAddress()));
    }

    private void received(HttpServerRequest request) {
        if (tls != null) {
            SecurityHeaders.setOfTls(request);
        }
        if (tls != null || address.isLoopback() || SecurityHeaders.isTrustworthy(request)) {
            SecurityHeaders.setOfTrustworthy(request.response());
        }
        if (decide(request) instanceof AccessDecision.Refused refused) {
            turnAway(request, refused.status(), refused.reason());
            return;
        }
        boolean tunnelled = tunnels != null && tunnels.paths().contains(request.path());
        boolean forSockets = tunnelled || socketPaths.test(request.path());
        if (forSockets && Handshake.isStripped(request)) {
            refusals.record(Handshake.STRIPPED);
            refuse(request, 426, Handshake.STRIPPED);
            return;
        }
        signIn.clean(request);
        boolean handshake = forSockets && Handshake.isWhole(request);
        boolean tunnel = tunnelled && handshake;
        if (!handshake && isOpen(request)) {
            handle(request);
            return;
        }
        Future<Principal> admitted = tunnel ? tunnels.door().admit(request) : signIn.admit(request);
        if (admitted.succeeded()) {
            admitted(request, admitted.result(), handshake);
            return;
        }
        // The handlers must be set before the body arrives.
        request.pause();
        admitted.onSuccess(principal -> admitted(request, principal, handshake))
                .onFailure(cause -> notAdmitted(request, cause))
                .onComplete(either -> request.resume());
    }

    private boolean isOpen(HttpServerRequest request) {
        boolean health = healthPaths.contains(request.path())
                && (isRead(request.method()) || request.method().equals(HttpMethod.OPTIONS));
        return health || isFile(request) || signIn.isOpen(request);
    }

    private boolean isFile(HttpServerRequest request) {
        return isRead(request.method()) && filePaths.contains(request.path());
    }

    private void admitted(HttpServerRequest request, Principal principal, boolean handshake) {
        Identity.set(request, principal);
        if (handshake) {
            upgrade(request, principal);
        } else {
            handle(request);
        }
    }

    private AccessDecision decide(HttpServerRequest request) {
        AccessRequest asked = AccessRequest.of(request);
        if (isHealthCheck(request)) {
            return access.checkHealth(asked);
        }
        return isFile(request) ? access.checkHost(asked) : access.check(asked);
    }

    /** HAProxy sends OPTIONS unless its configuration names a method. */
    private boolean isHealthCheck(HttpServerRequest request) {
        boolean harmless = isRead(request.method()) || request.method().equals(HttpMethod.OPTIONS);
        return harmless && request.version() == HttpVersion.HTTP_1_0 && healthPaths.contains(request.path());
    }

    private void handle(HttpServerRequest request) {
        SecurityHeaders.set(request.response());
        requests.handle(request);
    }

    private void upgrade(HttpServerRequest request, Principal principal) {
        if (!Handshake.isOfKnownVersion(request)) {
            request.response().putHeader("Sec-WebSocket-Version", "13");
            refuse(request, 426, "This server supports only version 13 of the WebSocket protocol.");
            return;
        }
        request.toWebSocket()
                .onSuccess(socket -> upgraded(request, socket, principal))
                .onFailure(cause -> LOG.debug("{} handshake failed: {}", label(), cause.getMessage()));
    }

    /** After the upgrade to a WebSocket a connection never calls its own close handler. */
    private void upgraded(HttpServerRequest request, ServerWebSocket socket, Principal principal) {
        HttpConnection connection = request.connection();
        if (tunnels != null && tunnels.paths().contains(request.path())) {
            tunnels.open(socket, principal);
            connections.remove(connection);
            return;
        }
        sockets.accept(socket, principal, () -> connections.remove(connection));
    }

    private void notAdmitted(HttpServerRequest request, Throwable cause) {
        if (cause instanceof Authentication.NotAdmitted reason) {
            reason.headers().forEach(request.response()::putHeader);
            if (reason.isReported()) {
                refuse(request, reason.status(), reason.getMessage());
            } else {
                turnAway(request, reason.status(), reason.getMessage());
            }
        } else {
            LOG.error("{} signing in failed", label(), cause);
            refuse(request, 500, "Signing in failed; see the log of this program for the reason.");
        }
    }

    private void turnAway(HttpServerRequest request, int status, String reason) {
        refusals.record(reason);
        onRefused.accept(new RefusedRequest(addresses.of(request), status, reason));
        refuse(request, status, reason);
    }

    private static void refuse(HttpServerRequest request, int status, String reason) {
        SecurityHeaders.set(request.response());
        JsonErrors.answer(request.response(), status, reason);
    }

    private static boolean isRead(HttpMethod method) {
        return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    }

    private int announce(int port) {
        if (tls != null) {
            tls.listening(server);
        }
        if (socketFile != null) {
            LOG.debug("{} listening on {}", label(), socketFile);
            return port;
        }
        String scheme = (servesRequests ? "http" : "ws") + (tls == null ? "" : "s");
        String host = address.host().contains(":") ? "[" + address.host() + "]" : address.host();
        LOG.info("{} listening on {}://{}:{}, {}", label(), scheme, host, port, reach());
        return port;
    }

    private String reach() {
        return address.isLoopback()
                ? "reachable from this machine only (" + address.hostSetting() + ")"
                : "reachable from every machine that can connect to this address (" + address.hostSetting() + ")";
    }

    private String label() {
        return servesSockets ? "[ws]" : "[http]";
    }
}
