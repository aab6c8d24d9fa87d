package io.dockrelay.relay.signin;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

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
import io.dockrelay.relay.signin.tokens.TokenMaker;
import io.dockrelay.relay.signin.users.User;
import io.dockrelay.relay.signin.users.Users;
import io.dockrelay.relay.signin.users.UsersException;
import io.dockrelay.relay.signin.users.UsersFile;
import io.dockrelay.relay.signin.users.UsersWatch;
import io.dockrelay.settings.RelaySettings;
import io.dockrelay.settings.SettingsException;
import io.dockrelay.settings.SignInSettings;

/** Sign-in by name and password, as in the users file. */
final class UserSignIn implements SignIn, Authentication {

    private static final Duration TICK = Duration.ofMillis(500);
    private static final Logger LOG = LoggerFactory.getLogger(UserSignIn.class);

    private final Vertx vertx;
    private final SignInSettings.Users settings;
    private final RelaySettings all;
    private final Clock clock;
    private final Consumer<SignInEvent> events;
    private final ClientAddress addresses;
    private final PagePaths paths;
    private final UsersWatch users;
    private final SignedOut signedOut;
    private final SetUpLink setUp = new SetUpLink();
    private final PasswordCheck passwords;
    private final Periodic ticks;

    private Runnable onChange = () -> {};

    /** Null until the key is known. */
    private Sessions<User> sessions;

    UserSignIn(
            Vertx vertx, SignInSettings.Users settings, RelaySettings all, Clock clock, Consumer<SignInEvent> events) {
        this.events = events;
        this.vertx = vertx;
        this.settings = settings;
        this.all = all;
        this.clock = clock;
        this.addresses = new ClientAddress(all.access());
        this.paths = new PagePaths(all.pathPrefix());
        this.users = new UsersWatch(vertx, new UsersFile(settings.file()), this::changed);
        this.signedOut = new SignedOut(vertx, settings.sessions().folder());
        this.passwords = new PasswordCheck(vertx);
        this.ticks = new Periodic(vertx);
    }

    @Override
    public Future<Void> start() {
        return vertx.executeBlocking(() -> SessionKeyFile.key(settings.sessions()))
                .compose(key -> users.start().map(key))
                .compose(key -> signedOut.start().map(key))
                .onSuccess(this::prepared)
                .recover(cause -> Future.failedFuture(
                        cause instanceof UsersException sentence
                                ? new SettingsException(
                                        List.of("The users cannot be read: " + sentence.getMessage() + "."))
                                : cause))
                .mapEmpty();
    }

    @Override
    public Authentication authentication() {
        return this;
    }

    @Override
    public Future<Principal> admit(HttpServerRequest request) {
        Optional<Sessions.Session<User>> session = sessions.of(request);
        if (session.isEmpty()) {
            return Future.failedFuture(new NotAdmitted(401, NEEDED));
        }
        if (OriginRule.breaks(request)) {
            return Future.failedFuture(new NotAdmitted(403, OriginRule.NEEDED));
        }
        sessions.used(request, session.get());
        return Future.succeededFuture(principal(session.get().user(), addresses.of(request)));
    }

    @Override
    public boolean isOpen(HttpServerRequest request) {
        return paths.isPage(request) || paths.isSignIn(request);
    }

    @Override
    public boolean admits(HttpServerRequest request) {
        return sessions.of(request).isPresent();
    }

    @Override
    public boolean holds(HttpServerRequest earlier) {
        return sessions.held(earlier).isPresent();
    }

    @Override
    public void mount(Router router) {
        var shared = new SignInContext(sessions, users, passwords, new Attempts(), addresses, clock, this::happened);
        new SessionRoutes(shared, setUp).mount(router);
    }

    @Override
    public void opened(int port) {
        if (!users.users().isEmpty()) {
            LOG.info("[sign-in] {} users may sign in", users.users().all().size());
        } else {
            String host = all.listen().isLoopback() || all.listen().host().matches("0\\.0\\.0\\.0|::")
                    ? "localhost"
                    : all.listen().host();
            LOG.warn(
                    "[sign-in] There is no user yet. To make the first admin, open within ten minutes:"
                            + " {}://{}:{}{}/setup#{} (with the host and port at which your browser reaches this relay)."
                            + " A restart makes another link.",
                    all.tls().isPresent() ? "https" : "http",
                    host.contains(":") ? "[" + host + "]" : host,
                    port,
                    all.pathPrefix(),
                    setUp.open(clock.instant()));
        }
        if (!all.listen().isLoopback()
                && all.tls().isEmpty()
                && all.access().proxies().isEmpty()) {
            LOG.warn("[sign-in] Passwords and sessions cross the network without encryption: set tlsCert and tlsKey"
                    + " (RELAY_TLS_CERT, RELAY_TLS_KEY), or put a proxy with TLS in front and list its address in"
                    + " trustedProxies (RELAY_TRUSTED_PROXIES)");
        }
    }

    @Override
    public boolean entered(ClientSocket socket) {
        return sessions.entered(socket);
    }

    @Override
    public SessionState state(HttpServerRequest request) {
        return sessions.of(request)
                .map(session -> {
                    sessions.used(request, session);
                    return SessionState.of(session.user());
                })
                .orElseGet(() -> SessionState.signedOut(users.users().isEmpty()));
    }

    @Override
    public Optional<Principal> present(Principal before) {
        return users.users().find(before.name()).map(user -> principal(user, before.address()));
    }

    @Override
    public String identityOf(Principal user) {
        return users.users().find(user.name()).map(User::id).orElse("");
    }

    /** Another user with the name of the maker is not the maker. */
    @Override
    public Optional<Principal> maker(TokenMaker maker) {
        return users.users()
                .find(maker.user().name())
                .filter(user ->
                        maker.way().equals(TokenMaker.USERS) && user.id().equals(maker.id()))
                .map(user -> principal(user, ""));
    }

    @Override
    public boolean mayExist(String user) {
        return users.users().find(user).isPresent();
    }

    @Override
    public void onChange(Runnable listener) {
        onChange = listener;
    }

    @Override
    public void onUserEdited(Consumer<String> listener) {
        users.onEdited(sentence -> {
            listener.accept(sentence);
            LOG.info("[sign-in] {}", sentence);
        });
    }

    @Override
    public void close() {
        ticks.cancel();
        users.close();
        passwords.close();
    }

    private void prepared(byte[] key) {
        var codec = new SessionCodec(key);
        var cookie = new SessionCookie(codec.cookieId());
        sessions = new Sessions<>(settings.sessions(), codec, cookie, this::owner, signedOut, addresses, clock);
        ticks.start(TICK, sessions::tick);
    }

    private Optional<User> owner(SessionClaims claims) {
        return users.users()
                .find(claims.name())
                .filter(user -> user.generation().equals(claims.generation()));
    }

    /** Whether it is the name of a user, in any case. */
    boolean hasUser(String name) {
        return users.users().all().stream().anyMatch(user -> user.name().equalsIgnoreCase(name));
    }

    private void changed(Users now) {
        if (!now.isEmpty()) {
            setUp.close();
        }
        if (sessions != null) {
            sessions.closeEnded();
        }
        onChange.run();
    }

    private static Principal principal(User user, String address) {
        return new Principal(user.name(), Principal.Kind.USER, Set.of(), user.roles(), address);
    }

    private void happened(SignInEvent event) {
        events.accept(event);
        // A client that goes on with these requests must not fill the log; the record has their number.
        if (event.kind() != SignInEvent.Kind.NO_ORIGIN) {
            SignInLog.write(event);
        }
    }
}
