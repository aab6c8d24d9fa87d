package io.dockrelay.relay.signin;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.listener.Authentication;
import io.dockrelay.listener.ClientAddress;
import io.dockrelay.listener.ClientSocket;
import io.dockrelay.protocol.rights.Principal;
import io.dockrelay.protocol.timers.Periodic;
import io.dockrelay.relay.signin.oidc.OidcProvider;
import io.dockrelay.relay.signin.oidc.ProviderSession;
import io.dockrelay.settings.GroupRoles;
import io.dockrelay.settings.RelaySettings;
import io.dockrelay.settings.SignInSettings;

/** Sign-in at an OpenID Connect provider. The browser's cookie is that of a session of this relay, which the provider can end. */
final class OidcSignIn implements SignIn, Authentication {

    private static final Duration TICK = Duration.ofMillis(500);
    private static final Logger LOG = LoggerFactory.getLogger(OidcSignIn.class);

    private final Vertx vertx;
    private final SignInSettings.Oidc settings;
    private final GroupRoles roles;
    private final Predicate<String> taken;
    private final Clock clock;
    private final Consumer<SignInEvent> events;
    private final ClientAddress addresses;
    private final PagePaths paths;
    private final String page;
    private final OidcProvider provider;
    private final SignedOut signedOut;
    private final Periodic ticks;

    private Runnable onChange = () -> {};

    /** Null until the key is known. */
    private OidcContext shared;

    /** @param taken whether a name is one of the users file */
    OidcSignIn(
            Vertx vertx,
            SignInSettings.Oidc settings,
            GroupRoles roles,
            RelaySettings all,
            Predicate<String> taken,
            Clock clock,
            Consumer<SignInEvent> events) {
        this.vertx = vertx;
        this.settings = settings;
        this.roles = roles;
        this.taken = taken;
        this.clock = clock;
        this.events = events;
        this.addresses = new ClientAddress(all.access());
        this.paths = new PagePaths(all.pathPrefix());
        this.page = settings.provider().publicAddress() + all.pathPrefix();
        this.provider = new OidcProvider(vertx, settings.provider(), page + PagePaths.OIDC_CALLBACK, clock);
        this.signedOut = new SignedOut(vertx, settings.sessions().folder());
        this.ticks = new Periodic(vertx);
    }

    @Override
    public Future<Void> start() {
        return vertx.executeBlocking(() -> SessionKeyFile.key(settings.sessions()))
                .compose(key -> signedOut.start().map(key))
                .compose(this::prepare);
    }

    @Override
    public Authentication authentication() {
        return this;
    }

    @Override
    public Future<Principal> admit(HttpServerRequest request) {
        Optional<SessionClaims> unknown = shared.sessions().unknown(request);
        return unknown.isEmpty()
                ? admitKnown(request)
                : shared.kept().load(unknown.get().id()).compose(loaded -> admitKnown(request));
    }

    private Future<Principal> admitKnown(HttpServerRequest request) {
        Optional<Sessions.Session<ProviderSession>> session = shared.sessions().of(request);
        if (session.isEmpty()) {
            return Future.failedFuture(new NotAdmitted(401, NEEDED));
        }
        if (OriginRule.breaks(request)) {
            return Future.failedFuture(new NotAdmitted(403, OriginRule.NEEDED));
        }
        return shared.confirmations()
                .holds(session.get().claims().id())
                .compose(holds ->
                        holds ? admitted(request, session.get()) : Future.failedFuture(new NotAdmitted(401, NEEDED)));
    }

    @Override
    public boolean isOpen(HttpServerRequest request) {
        return paths.isPage(request) || paths.isSignIn(request);
    }

    @Override
    public boolean admits(HttpServerRequest request) {
        return shared.sessions().of(request).isPresent();
    }

    @Override
    public boolean holds(HttpServerRequest earlier) {
        Optional<SessionClaims> held = shared.sessions().held(earlier);
        // What is still sent uses the session, so that the provider is asked.
        held.ifPresent(claims -> shared.confirmations().used(claims.id()));
        return held.isPresent();
    }

    @Override
    public void mount(Router router) {
        new OidcRoutes(shared, taken).mount(router);
    }

    @Override
    public void opened(int port) {
        LOG.info(
                "[sign-in] users of {} may sign in, at {}/", settings.provider().issuer(), page);
    }

    @Override
    public boolean entered(ClientSocket socket) {
        return shared.sessions().entered(socket);
    }

    @Override
    public SessionState state(HttpServerRequest request) {
        return shared.sessions()
                .of(request)
                .map(session -> {
                    shared.sessions().used(request, session);
                    ProviderSession user = session.user();
                    return SessionState.of(SessionState.OIDC, user.name(), roles.of(user.groups()), user.groups());
                })
                .orElseGet(() -> SessionState.signedOut(SessionState.OIDC));
    }

    @Override
    public Optional<Principal> present(Principal before) {
        return shared.kept().newest(before.name()).map(session -> principal(session, before.address()));
    }

    @Override
    public void onChange(Runnable listener) {
        onChange = listener;
    }

    @Override
    public void close() {
        ticks.cancel();
        provider.close();
    }

    /** For the button. */
    String providerName() {
        return settings.provider().name();
    }

    private Future<Void> prepare(byte[] key) {
        shared = OidcContext.of(vertx, settings, key, page, provider, signedOut, taken, addresses, clock, events);
        shared.kept().onChange(this::changed);
        return shared.kept().start().onSuccess(read -> {
            provider.start();
            ticks.start(TICK, this::tick);
        });
    }

    private void tick() {
        shared.kept().tick();
        shared.sessions().tick();
        shared.confirmations().tick(shared.sessions().open());
    }

    private Future<Principal> admitted(HttpServerRequest request, Sessions.Session<ProviderSession> session) {
        shared.sessions().used(request, session);
        return Future.succeededFuture(
                principal(shared.kept().find(session.claims().id()).orElse(session.user()), addresses.of(request)));
    }

    private Principal principal(ProviderSession session, String address) {
        return new Principal(
                session.name(), Principal.Kind.USER, session.groups(), roles.of(session.groups()), address);
    }

    private void changed() {
        shared.sessions().closeEnded();
        onChange.run();
    }
}
