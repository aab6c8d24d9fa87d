package io.dockrelay.relay.view;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import org.awaitility.Awaitility;

import io.dockrelay.listener.AccessCheck;
import io.dockrelay.listener.Authentication;
import io.dockrelay.listener.ClientAddress;
import io.dockrelay.listener.ClientSocket;
import io.dockrelay.listener.HttpListener;
import io.dockrelay.protocol.bus.Acknowledged;
import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.details.ContainerDetails;
import io.dockrelay.protocol.logs.DownloadOpened;
import io.dockrelay.protocol.logs.DownloadPart;
import io.dockrelay.protocol.logs.LogSlice;
import io.dockrelay.protocol.logs.LogSnapshot;
import io.dockrelay.protocol.logs.Resumption;
import io.dockrelay.protocol.rights.Grants;
import io.dockrelay.protocol.rights.GrantsFormat;
import io.dockrelay.protocol.rights.Permission;
import io.dockrelay.protocol.rights.Place;
import io.dockrelay.protocol.rights.Principal;
import io.dockrelay.protocol.rights.Rights;
import io.dockrelay.protocol.rights.TokenScope;
import io.dockrelay.protocol.search.OpenSearch;
import io.dockrelay.protocol.search.SearchItem;
import io.dockrelay.protocol.search.SearchOpened;
import io.dockrelay.protocol.search.SearchPart;
import io.dockrelay.protocol.state.Actions;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.state.ContainerStatus;
import io.dockrelay.protocol.state.Details;
import io.dockrelay.protocol.timers.Periodic;
import io.dockrelay.protocol.wire.ClientMessage.SubscribeLogs;
import io.dockrelay.protocol.wire.TailFrames;
import io.dockrelay.protocol.wire.WireJson;
import io.dockrelay.relay.BusController;
import io.dockrelay.relay.Page;
import io.dockrelay.relay.Soon;
import io.dockrelay.relay.audit.RelayAudit;
import io.dockrelay.relay.bridge.BridgeDialect;
import io.dockrelay.relay.bridge.BridgePaths;
import io.dockrelay.relay.browser.BrowserContext;
import io.dockrelay.relay.browser.Browsers;
import io.dockrelay.relay.channel.LogSink;
import io.dockrelay.relay.channel.LogSubscription;
import io.dockrelay.relay.dial.DialDoor;
import io.dockrelay.relay.dial.DialledHosts;
import io.dockrelay.relay.dial.EnrolmentDesk;
import io.dockrelay.relay.fleet.ExpectedControllers;
import io.dockrelay.relay.fleet.FleetWatch;
import io.dockrelay.relay.hosts.Hosts;
import io.dockrelay.relay.http.Assets;
import io.dockrelay.relay.http.DialIn;
import io.dockrelay.relay.http.Entrance;
import io.dockrelay.relay.http.RelayRoutes;
import io.dockrelay.relay.http.RelayState;
import io.dockrelay.relay.reads.LogReads;
import io.dockrelay.relay.signin.SessionState;
import io.dockrelay.relay.signin.SignIn;
import io.dockrelay.relay.uplink.Uplinks;
import io.dockrelay.settings.AccessSettings;
import io.dockrelay.settings.DialInSettings;
import io.dockrelay.settings.HostsSettings;
import io.dockrelay.settings.Limits;
import io.dockrelay.settings.ListenAddress;
import io.dockrelay.settings.RecordSettings;
import io.dockrelay.settings.UplinkSettings;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The relay's own parts on a port, except that a header names the principal, and that the logs are scripted. Three hosts; each
 * name is used once, so that it is found in any text.
 */
public final class PrincipalRelay implements AutoCloseable {

    private static final BridgePaths BRIDGE = new BridgePaths("");

    /** Names a principal of {@link #PRINCIPALS}. */
    static final String HEADER = "X-Test-Principal";

    static final Map<String, Principal> PRINCIPALS = Map.of(
            "viewer", user("viewer"),
            "reader", user("reader"),
            "operator", user("operator"),
            "host", user("host"),
            "admin", Principal.user("admin", "admin", "::1"),
            "stranger", user("stranger"),
            "token", Principal.token("reader/token", "000000000001", "::1"),
            "broad token", Principal.token("/token", "000000000002", "::1"));

    /** What the tokens are for: more than the first one's maker may do, and everything but what admins do. */
    static final Map<String, TokenScope> SCOPES = Map.of(
            "reader/token",
            new TokenScope(Permission.ALL, Place.EVERYWHERE, Optional.of(user("reader"))),
            "/token",
            new TokenScope(Set.of(Permission.LOGS, Permission.CONTROL), Place.EVERYWHERE, Optional.empty()));

    static final String GRANTS = """
            {"grants": [
              {"user": "viewer", "role": "viewer", "project": "shop"},
              {"user": "reader", "role": "reader", "project": "shop"},
              {"user": "operator", "role": "operator", "project": "shop"},
              {"user": "host", "role": "operator", "host": "eastern"}]}
            """;

    /** All containers, by host. */
    static final Map<String, List<Container>> CONTAINERS = Map.of(
            "eastern",
            List.of(
                    container("webshop", "shop", Map.of()),
                    container("ledger", "shop", Map.of("dockrelay.control", "off")),
                    container("vault", "shop", Map.of("dockrelay.hidden", "true")),
                    container("gazette", "blog", Map.of())),
            "western",
            List.of(container("cashier", "shop", Map.of()), container("bulletin", "blog", Map.of())),
            "northern",
            List.of(container("almanac", "blog", Map.of())));

    public final Vertx vertx = Vertx.vertx();
    final Bus bus = Bus.of(vertx);
    final Map<String, BusController> controllers = new java.util.TreeMap<>();
    final List<Followed> followed = new CopyOnWriteArrayList<>();
    final List<OpenSearch> searches = new CopyOnWriteArrayList<>();
    /** Each refusal, as {@code PRINCIPAL WHAT CONTAINER}. */
    final List<String> refused = new CopyOnWriteArrayList<>();
    /** Principals whose session has ended. */
    final Set<String> signedOut = ConcurrentHashMap.newKeySet();
    /** Principals that are gone since their handshake. */
    final Set<String> gone = ConcurrentHashMap.newKeySet();
    /** True to let downloads and searches go on. */
    volatile boolean endless;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Page> pages = new ArrayList<>();
    private final ExpectedControllers expected;
    private FleetViews views;
    private Router router;
    private final int port;

    /** One log that a browser follows. */
    static final class Followed implements LogSubscription {

        final String controller;
        final String container;
        final LogSink sink;
        volatile boolean closed;

        Followed(String controller, String container, LogSink sink) {
            this.controller = controller;
            this.container = container;
            this.sink = sink;
        }

        @Override
        public String controller() {
            return controller;
        }

        @Override
        public String container() {
            return container;
        }

        @Override
        public void drained() {}

        @Override
        public void close() {
            closed = true;
        }
    }

    public PrincipalRelay() {
        this(ExpectedControllers.of(Set.of(), ExpectedControllers.OnBus.NONE));
    }

    PrincipalRelay(ExpectedControllers expected) {
        this.expected = expected;
        port = Soon.get(onContext(this::open));
        for (Map.Entry<String, List<Container>> host : CONTAINERS.entrySet()) {
            String id = host.getKey();
            answer(id);
            controllers.put(id, new BusController(vertx, id, host.getValue().toArray(Container[]::new)));
        }
        // On a slow machine a test lasts longer than a controller may be silent.
        new Periodic(vertx)
                .start(Duration.ofSeconds(1), () -> controllers.values().forEach(BusController::announce));
    }

    Router router() {
        return router;
    }

    /** Replaces the grants, on the relay's context; completes when all sessions have been checked. */
    void grant(String json) {
        Soon.done(onContext(() -> {
            views.rights(new Rights(true, Optional.of(grants(json))));
            return Future.succeededFuture();
        }));
    }

    Page page(String principal) {
        return page(principal, "/ws");
    }

    /** A client of another path, with the rights of the principal. */
    Page page(String principal, String path) {
        return page(principal, path, text -> {});
    }

    Page page(String principal, String path, java.util.function.Consumer<String> texts) {
        Page page = new Page(vertx, port, path, texts, HEADER, principal);
        pages.add(page);
        return page;
    }

    HttpResponse<String> send(String principal, String method, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header(HEADER, principal)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Waits until the relay lists every container of every host. */
    void awaitHosts() {
        Awaitility.await("all hosts").until(() -> {
            String all = send("admin", "GET", "/api/data").body();
            return CONTAINERS.values().stream()
                    .flatMap(List::stream)
                    .allMatch(container -> all.contains(container.id()));
        });
    }

    int port() {
        return port;
    }

    static Grants grants(String json) {
        return GrantsFormat.read(json.getBytes(UTF_8));
    }

    static Container container(String name, String project, Map<String, String> labels) {
        return new Container(
                name,
                project + "-" + name + "-1",
                ContainerStatus.RUNNING,
                "Up 5 seconds",
                null,
                String.format("%012x", name.hashCode() & 0xffffffffL),
                true,
                null,
                Actions.ALL_ALLOWED,
                Details.ofService("image:1", project, name, labels),
                null);
    }

    @Override
    public void close() {
        pages.forEach(Page::close);
        http.close();
        Soon.done(vertx.close());
    }

    /** The key in {@link #PRINCIPALS}. */
    private static String wordOf(Principal principal) {
        return PRINCIPALS.entrySet().stream()
                .filter(entry -> entry.getValue().name().equals(principal.name()))
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    private static Principal user(String name) {
        return new Principal(name, Principal.Kind.USER, Set.of(), Set.of(), "::1");
    }

    private <T> Future<T> onContext(java.util.function.Supplier<Future<T>> step) {
        var done = io.vertx.core.Promise.<T>promise();
        context().runOnContext(now -> step.get().onComplete(done));
        return done.future();
    }

    private io.vertx.core.Context context;

    private io.vertx.core.Context context() {
        context = context == null ? vertx.getOrCreateContext() : context;
        return context;
    }

    private Future<Integer> open() {
        Clock clock = Clock.systemUTC();
        var fleet = new FleetWatch(vertx, bus, clock);
        fleet.expect(expected);
        views = new FleetViews(fleet, new Rights(true, Optional.of(grants(GRANTS))));
        views.principals(who -> Optional.of(who).filter(one -> !gone.contains(one.name())));
        views.tokens(token -> Optional.of(SCOPES.get(token.name())));
        views.onRefused(right -> refused.add(wordOf(right.principal()) + " " + right.what() + " " + right.container()));
        var browsers = new Browsers(vertx, bus, new BrowserContext(views, this::subscribe, clock, 10), "test");
        fleet.onUpdate(browsers::fleetUpdated);
        fleet.onAction(browsers::actionProgressed);
        fleet.onDecided(browsers::fleetDecided);
        var settings = new AccessSettings(List.of(), List.of(), List.of(), "hosts", "origins", "proxies");
        var nothing = new RecordSettings(Optional.empty(), Optional.empty(), Optional.empty(), 1, 2);
        var audit = new RelayAudit(vertx, nothing, clock);
        var noHosts = new HostsSettings(Optional.empty(), Optional.empty(), 8090, 8089);
        var hosts = new Hosts(vertx, noHosts, List.of(), new Uplinks(vertx, UplinkSettings.NONE));
        var noEnrolments = new DialInSettings(Optional.empty(), Duration.ofDays(30), false);
        var desk = new EnrolmentDesk(vertx, noEnrolments, clock);
        var dialled = new DialledHosts(vertx, desk, null, (host, sentence) -> {});
        var door = new DialDoor(desk, noEnrolments, settings, "");
        var dialIn = new DialIn(desk, dialled, door, new ClientAddress(settings), "");
        var state = new RelayState(views, browsers, new LogReads(bus), hosts, dialIn, audit, clock, "test");
        router = RelayRoutes.router(
                vertx,
                bus,
                state,
                assets(),
                "",
                new Entrance(new AccessCheck(settings), new HeaderSignIn(), () -> false));
        var listener = new HttpListener(
                        vertx, new ListenAddress("127.0.0.1", 0, "port", "bind"), settings, new Limits(100, 10, 100))
                .signIn(new HeaderSignIn())
                .requests(router)
                .webSockets(path -> path.equals("/ws") || BRIDGE.isSocket(path), socket -> {
                    if (BRIDGE.isSocket(socket.path())) {
                        BridgeDialect.on(socket, BRIDGE);
                    }
                    browsers.enter(socket);
                });
        browsers.start();
        return fleet.start().compose(watching -> listener.open());
    }

    private static Assets assets() {
        try {
            return Assets.load(PrincipalRelay.class.getClassLoader(), "webroot", "");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Believes a header. */
    private final class HeaderSignIn implements SignIn, Authentication {

        @Override
        public Future<Void> start() {
            return Future.succeededFuture();
        }

        @Override
        public Authentication authentication() {
            return this;
        }

        @Override
        public Future<Principal> admit(HttpServerRequest request) {
            return Future.succeededFuture(PRINCIPALS.get(request.getHeader(HEADER)));
        }

        @Override
        public void mount(Router router) {}

        @Override
        public void opened(int port) {}

        @Override
        public boolean entered(ClientSocket socket) {
            return true;
        }

        @Override
        public boolean admits(HttpServerRequest request) {
            return !signedOut.contains(request.getHeader(HEADER));
        }

        @Override
        public SessionState state(HttpServerRequest request) {
            return new SessionState("users", true, "x", List.of(), null, null, null, null);
        }

        @Override
        public void close() {}
    }

    private LogSubscription subscribe(String controller, SubscribeLogs request, LogSink sink) {
        var log = new Followed(controller, request.container(), sink);
        followed.add(log);
        var snapshot = new LogSnapshot(LogSlice.NONE, null, null, Resumption.FRESH);
        sink.frame(new TailFrames(controller, request.sub()).snapshot(request.container(), snapshot));
        return log;
    }

    /** What the scripted controller does not answer. */
    private void answer(String id) {
        Soon.done(bus.answer(Addresses.details(id), asked -> Future.succeededFuture(details()))
                .ready());
        Soon.done(bus.answer(
                        Addresses.openDownload(id),
                        asked -> Future.succeededFuture(new DownloadOpened(asked.container())))
                .ready());
        Soon.done(bus.answer(Addresses.pullDownload(id), asked -> part()).ready());
        Soon.done(bus.answer(Addresses.closeDownload(id), asked -> Future.succeededFuture(new Acknowledged()))
                .ready());
        Soon.done(bus.answer(Addresses.openSearch(id), asked -> {
                    searches.add(asked);
                    return Future.succeededFuture(new SearchOpened(1));
                })
                .ready());
        Soon.done(bus.answer(Addresses.pullSearch(id), asked -> found(id)).ready());
        Soon.done(bus.answer(Addresses.closeSearch(id), asked -> Future.succeededFuture(new Acknowledged()))
                .ready());
    }

    /** Never at once without end: an event loop runs tasks that follow each other for a second before it looks at its timers. */
    private Future<DownloadPart> part() {
        byte[] line = "2025-11-25T22:52:30.123456789Z hello\n".getBytes(UTF_8);
        byte[] last = "# complete: 1 lines\n".getBytes(UTF_8);
        return endless
                ? vertx.timer(1, java.util.concurrent.TimeUnit.MILLISECONDS).map(new DownloadPart(line, false, null))
                : Future.succeededFuture(new DownloadPart(last, true, null));
    }

    /** A hit of each container of the host, as in a race with one that has just become hidden. */
    private Future<SearchPart> found(String host) {
        if (endless) {
            return vertx.timer(20, java.util.concurrent.TimeUnit.MILLISECONDS)
                    .map(SearchPart.none(SearchItem.Progress.NONE));
        }
        List<SearchItem.Hit> hits = CONTAINERS.get(host).stream()
                .map(container -> new SearchItem.Hit(
                        null,
                        container.name(),
                        container.id(),
                        "2025-11-25T22:52:30.000000000Z",
                        "stdout",
                        null,
                        "a line of " + container.name(),
                        null,
                        "Y3Vyc29y",
                        null))
                .toList();
        var end = new SearchItem.End(true, 10, 100, hits.size(), null, List.of());
        return Future.succeededFuture(new SearchPart(
                hits, new SearchItem.Progress(10, 100, hits.size(), "2025-11-25T22:52:30.000000000Z", null), end));
    }

    private static ContainerDetails details() {
        try (var in = ContainerDetails.class.getResourceAsStream("/golden/details.json")) {
            return WireJson.read(in.readAllBytes(), ContainerDetails.class);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
