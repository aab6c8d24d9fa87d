package io.dockrelay.relay;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.ext.web.Router;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.listener.AccessCheck;
import io.dockrelay.listener.ClientAddress;
import io.dockrelay.listener.ClientSocket;
import io.dockrelay.listener.HttpListener;
import io.dockrelay.listener.Tunnels;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.BusAccess;
import io.dockrelay.protocol.rights.Grants;
import io.dockrelay.protocol.rights.Rights;
import io.dockrelay.protocol.wire.ServerMessage;
import io.dockrelay.record.RecordedAction;
import io.dockrelay.relay.audit.Actor;
import io.dockrelay.relay.audit.RelayAudit;
import io.dockrelay.relay.audit.RightsAudit;
import io.dockrelay.relay.audit.SignInAudit;
import io.dockrelay.relay.bridge.BridgeDialect;
import io.dockrelay.relay.bridge.BridgePaths;
import io.dockrelay.relay.bridge.BridgeRoutes;
import io.dockrelay.relay.browser.BrowserContext;
import io.dockrelay.relay.browser.Browsers;
import io.dockrelay.relay.channel.LogChannels;
import io.dockrelay.relay.channel.catchup.ChannelLimits;
import io.dockrelay.relay.dial.DialDoor;
import io.dockrelay.relay.dial.DialledHosts;
import io.dockrelay.relay.dial.EnrolmentDesk;
import io.dockrelay.relay.fleet.ExpectedControllers;
import io.dockrelay.relay.fleet.ExpectedControllers.OnBus;
import io.dockrelay.relay.fleet.FleetUpdate;
import io.dockrelay.relay.fleet.FleetWatch;
import io.dockrelay.relay.hosts.Hosts;
import io.dockrelay.relay.http.Assets;
import io.dockrelay.relay.http.DialIn;
import io.dockrelay.relay.http.Entrance;
import io.dockrelay.relay.http.RelayRoutes;
import io.dockrelay.relay.http.RelayState;
import io.dockrelay.relay.links.LinkClocks;
import io.dockrelay.relay.reads.LogReads;
import io.dockrelay.relay.signin.SignIn;
import io.dockrelay.relay.signin.SignIns;
import io.dockrelay.relay.signin.tokens.TokenDesk;
import io.dockrelay.relay.uplink.UplinkTarget;
import io.dockrelay.relay.uplink.Uplinks;
import io.dockrelay.relay.view.FleetViews;
import io.dockrelay.relay.view.GrantsFile;
import io.dockrelay.settings.LoopbackHost;
import io.dockrelay.settings.RelaySettings;
import io.dockrelay.settings.Secret;
import io.dockrelay.settings.SignInSettings;

/**
 * The relay: one port for browsers, one uplink per configured controller. Its settings are its config. Everything except the
 * uplinks runs on this verticle's context: the fleet, the sessions and the log channels need no locks.
 */
public final class RelayVerticle extends VerticleBase {

    private static final Logger log = LoggerFactory.getLogger(RelayVerticle.class);

    private final Clock clock = Clock.systemUTC();
    private RelaySettings settings;
    /** Null until the settings have been read, like the following fields. */
    private FleetWatch fleet;

    private FleetViews views;
    /** Null if none is set. */
    private GrantsFile grants;

    private LinkClocks linkClocks;

    /** Null if it is off. */
    private BridgePaths bridge;

    private LogChannels channels;
    private Browsers browsers;
    private Uplinks uplinks;
    private Hosts hosts;
    private EnrolmentDesk enrolments;
    private DialledHosts dialled;
    private RelayAudit audit;
    private SignIn signIn;
    private HttpListener listener;
    private int port;

    @Override
    public Future<?> start() {
        return RelaySettings.load(vertx, config())
                .onSuccess(read -> settings = read)
                .onSuccess(read -> guardBus())
                .compose(read -> readHosts())
                .compose(read -> readEnrolments())
                .compose(read -> prepareSignIn())
                .compose(prepared -> loadDashboard())
                .onSuccess(this::build)
                .compose(built -> audit.start())
                .compose(recording -> readGrants())
                .compose(granted -> fleet.start())
                .onSuccess(watching -> linkClocks.start())
                .compose(watching -> openPort())
                .compose(open -> hosts.start())
                .compose(linked -> dialled.start())
                .recover(cause -> closed().transform(closed -> Future.failedFuture(cause)));
    }

    @Override
    public Future<?> stop() {
        return closed();
    }

    /** The port it listens on; 0 before it has started. */
    public int port() {
        return port;
    }

    /** Gives the bus the token that calls to other programs of a cluster need. */
    private void guardBus() {
        Optional<Secret> token = settings.uplink().token();
        token.ifPresent(secret -> BusAccess.of(vertx).callWith(secret.reveal()));
        boolean reachable = BusAccess.clusterHost(vertx)
                .filter(host -> !LoopbackHost.is(host))
                .isPresent();
        if (reachable && token.isEmpty()) {
            log.warn("Every program of the cluster may use the controllers of this relay's uplinks: set controllerToken"
                    + " (CONTROLLER_TOKEN) to prevent that");
        }
    }

    private Future<Void> readHosts() {
        uplinks = new Uplinks(vertx, settings.uplink());
        hosts = new Hosts(vertx, settings.hosts(), targets(), uplinks);
        return hosts.load();
    }

    private Future<Void> readEnrolments() {
        enrolments = new EnrolmentDesk(vertx, settings.dialIn(), clock);
        return enrolments.start();
    }

    private Future<Void> prepareSignIn() {
        audit = new RelayAudit(vertx, settings.record(), clock);
        signIn = SignIns.of(vertx, settings, clock, new SignInAudit(audit)::happened);
        signIn.onUserEdited(sentence -> audit.happened(Actor.PROGRAM, RecordedAction.USER, null, sentence));
        return signIn.start();
    }

    private Future<Assets> loadDashboard() {
        return vertx.executeBlocking(() -> Assets.load(getClass().getClassLoader(), "webroot", settings.pathPrefix()));
    }

    private void build(Assets assets) {
        Bus bus = Bus.of(vertx);
        String version = Build.of(assets.hash());
        fleet = new FleetWatch(vertx, bus, clock);
        dialled = new DialledHosts(vertx, enrolments, new EnrolledLinks(hosts, uplinks), this::dialledHostNeedsHelp);
        hosts.onRemoveEnrolled(this::revoke);
        fleet.expect(expected());
        linkClocks = new LinkClocks(vertx, bus, fleet, clock);
        var reads = new LogReads(bus);
        channels = new LogChannels(
                vertx, bus, reads, ChannelLimits.withLines(settings.limits().lines()));
        views = new FleetViews(fleet, new Rights(requiresSignIn(), Optional.empty()));
        views.principals(signIn::present);
        views.onRefused(new RightsAudit(audit)::refused);
        signIn.tokens().ifPresent(tokens -> views.tokens(tokens::scope));
        signIn.onChange(this::usersChanged);
        var context = new BrowserContext(
                views, channels::subscribe, clock, settings.limits().subscriptions());
        browsers = new Browsers(vertx, bus, context, version);
        hosts.onReload(sentence -> audit.happened(Actor.PROGRAM, RecordedAction.HOST, null, sentence));
        fleet.onUpdate(this::fleetUpdated);
        fleet.onAction(this::actionProgressed);
        fleet.onController(channels::onController);
        fleet.onDecided(browsers::fleetDecided);
        var door = new DialDoor(enrolments, settings.dialIn(), settings.access(), settings.pathPrefix());
        var addresses = new ClientAddress(settings.access());
        var dialIn = new DialIn(enrolments, dialled, door, addresses, settings.pathPrefix());
        var state = new RelayState(views, browsers, reads, hosts, dialIn, audit, clock, version);
        var entrance = new Entrance(new AccessCheck(settings.access()), signIn, this::isFull);
        Router router = RelayRoutes.router(vertx, bus, state, assets, settings.pathPrefix(), entrance);
        Set<String> socketPaths = RelayRoutes.socketPaths(settings.pathPrefix());
        if (settings.eventBusBridge()) {
            bridge = new BridgePaths(settings.pathPrefix());
            BridgeRoutes.mount(router, bridge);
        }
        HttpListener plain = new HttpListener(vertx, settings.listen(), settings.access(), settings.limits());
        listener = settings.tls()
                .map(plain::tls)
                .orElse(plain)
                .requests(router)
                .onRefused(audit.refusals()::refused)
                .signIn(door.before(signIn.authentication()))
                .tunnels(new Tunnels(door.paths(), door, dialled::opened))
                .health(RelayRoutes.healthPaths(settings.pathPrefix()))
                .files(RelayRoutes.filePaths(assets, settings.pathPrefix()))
                .webSockets(path -> socketPaths.contains(path) || isBridge(path), this::enter);
    }

    private void fleetUpdated(FleetUpdate update) {
        browsers.fleetUpdated(update);
        audit.fleetUpdated(update);
    }

    private void actionProgressed(ServerMessage.Action message) {
        browsers.actionProgressed(message);
        audit.actionProgressed(message);
    }

    private void dialledHostNeedsHelp(String host, String sentence) {
        audit.happenedAt(host, Actor.PROGRAM, RecordedAction.ENROLMENT, sentence);
    }

    /** A host that has enrolled is being removed. */
    private Future<Void> revoke(String host) {
        return enrolments
                .idOfHost(host)
                .map(enrolments::revoke)
                .orElseGet(Future::succeededFuture)
                .mapEmpty();
    }

    private Future<Void> readGrants() {
        if (settings.grantsFile().isEmpty()) {
            return Future.succeededFuture();
        }
        grants = new GrantsFile(vertx, settings.grantsFile().get(), signIn::mayExist);
        return grants.start(this::replaced).onSuccess(this::granted).mapEmpty();
    }

    private void usersChanged() {
        views.recheck();
        if (grants != null) {
            grants.usersChanged();
        }
    }

    private void replaced(Grants read) {
        String file = settings.grantsFile().map(Path::toString).orElse("");
        audit.happened(
                Actor.PROGRAM,
                RecordedAction.RIGHTS,
                null,
                "the grants were read again from " + file + ": " + read.all().size() + " grants");
        granted(read);
    }

    private void granted(Grants read) {
        views.rights(new Rights(requiresSignIn(), Optional.of(read)));
    }

    private boolean requiresSignIn() {
        return !(settings.signIn() instanceof SignInSettings.None);
    }

    private Future<Void> openPort() {
        browsers.start();
        return listener.open()
                .onSuccess(opened -> {
                    port = opened;
                    signIn.opened(opened);
                })
                .mapEmpty();
    }

    private boolean isBridge(String path) {
        return bridge != null && bridge.isSocket(path);
    }

    private void enter(ClientSocket socket) {
        if (signIn.entered(socket)) {
            if (isBridge(socket.path())) {
                BridgeDialect.on(socket, bridge);
            }
            browsers.enter(socket);
        }
    }

    /**
     * Browsers first, so that they get a close code, and nothing of what closes after them; sign-in when no request arrives any
     * more; the record last.
     */
    private Future<Void> closed() {
        if (enrolments != null) {
            enrolments.close();
        }
        if (listener == null) {
            return closeSignIn().transform(closed -> audit == null ? Future.succeededFuture() : audit.close());
        }
        if (grants != null) {
            grants.close();
        }
        hosts.close();
        browsers.close();
        linkClocks.close();
        return dialled.close()
                .transform(closed -> listener.close())
                .transform(closed -> closeSignIn())
                .onComplete(closed -> channels.close())
                .transform(closed -> fleet.close())
                .transform(closed -> audit.close());
    }

    private Future<Void> closeSignIn() {
        if (signIn == null) {
            return Future.succeededFuture();
        }
        signIn.close();
        return signIn.tokens().map(TokenDesk::close).orElseGet(Future::succeededFuture);
    }

    private boolean isFull() {
        return listener.openSockets() >= settings.limits().connections();
    }

    private ExpectedControllers expected() {
        OnBus beside = settings.besideController() ? OnBus.ONE : OnBus.NONE;
        Set<String> expected = Stream.of(hosts.placeholders(), dialled.placeholders())
                .flatMap(Set::stream)
                .collect(Collectors.toUnmodifiableSet());
        return ExpectedControllers.of(expected, vertx.isClustered() ? OnBus.SEVERAL : beside);
    }

    private List<UplinkTarget> targets() {
        return settings.controllers().stream()
                .map(controller -> new UplinkTarget(controller.ws(), controller.api()))
                .toList();
    }
}
