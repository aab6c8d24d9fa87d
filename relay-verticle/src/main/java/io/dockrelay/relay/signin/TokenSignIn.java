package io.dockrelay.relay.signin;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;

import io.dockrelay.listener.Authentication;
import io.dockrelay.listener.ClientAddress;
import io.dockrelay.listener.ClientSocket;
import io.dockrelay.protocol.rights.Principal;
import io.dockrelay.relay.signin.tokens.ApiToken;
import io.dockrelay.relay.signin.tokens.TokenDesk;
import io.dockrelay.relay.signin.tokens.TokenMaker;
import io.dockrelay.relay.signin.tokens.TokensException;
import io.dockrelay.settings.RelaySettings;
import io.dockrelay.settings.SettingsException;

/**
 * API tokens, beside another way to sign in, which gets every request without one. A token that holds is never limited; a wrong
 * one is, so that a program with an old token keeps no other one from working.
 */
final class TokenSignIn implements SignIn, Authentication {

    private static final String NOT_VALID = "The token or ticket is not valid.";

    private final SignIn people;
    private final TokenDesk desk;
    private final PagePaths paths;
    private final ClientAddress addresses;
    private final Attempts attempts = new Attempts();
    private final Clock clock;
    private final Consumer<SignInEvent> events;

    /**
     * @param folder of what sign-in keeps
     * @param events takes what happens, for the record
     */
    TokenSignIn(
            Vertx vertx,
            SignIn people,
            Path folder,
            RelaySettings settings,
            Clock clock,
            Consumer<SignInEvent> events) {
        this.people = people;
        this.desk = new TokenDesk(vertx, folder, clock, people::maker, event -> happened(SignInEvent.of(event)));
        this.paths = new PagePaths(settings.pathPrefix());
        this.addresses = new ClientAddress(settings.access());
        this.clock = clock;
        this.events = events;
    }

    @Override
    public Future<Void> start() {
        return people.start().compose(ready -> desk.start()).recover(TokenSignIn::notStarted);
    }

    @Override
    public Authentication authentication() {
        return this;
    }

    @Override
    public Future<Principal> admit(HttpServerRequest request) {
        TokenCredential credential = TokenCredential.of(request, isHandshake(request));
        return switch (credential) {
            case TokenCredential.None none ->
                people.authentication().admit(request).onSuccess(this::seen);
            case TokenCredential.Bearer bearer ->
                desk.check(bearer.text())
                        .map(token -> admitted(request, token))
                        .orElseGet(() -> refused(request, SignInEvent.Kind.TOKEN_REFUSED, desk.ended(bearer.text())));
            case TokenCredential.OneUse ticket ->
                desk.redeem(ticket.text())
                        .map(token -> admitted(request, token))
                        .orElseGet(() -> refused(request, SignInEvent.Kind.TICKET_REFUSED, Optional.empty()));
            case TokenCredential.Ambiguous several ->
                refused(request, SignInEvent.Kind.TOKEN_REFUSED, Optional.empty());
        };
    }

    /** A token is checked where no sign-in is needed, too: whether it holds is not to be found out without a trace. */
    @Override
    public void clean(HttpServerRequest request) {
        people.authentication().clean(request);
    }

    @Override
    public boolean isOpen(HttpServerRequest request) {
        return people.authentication().isOpen(request)
                && (paths.isPage(request) || TokenCredential.of(request, false) instanceof TokenCredential.None);
    }

    @Override
    public boolean admits(HttpServerRequest request) {
        return TokenCredential.of(request, false) instanceof TokenCredential.Bearer bearer
                ? desk.check(bearer.text()).isPresent()
                : people.admits(request);
    }

    @Override
    public boolean holds(HttpServerRequest earlier) {
        return TokenCredential.of(earlier, false) instanceof TokenCredential.Bearer bearer
                ? desk.check(bearer.text()).isPresent()
                : people.holds(earlier);
    }

    @Override
    public SessionState state(HttpServerRequest request) {
        SessionState state = people.state(request);
        return TokenCredential.of(request, false) instanceof TokenCredential.Bearer bearer
                ? desk.check(bearer.text())
                        .map(token -> state.ofToken(token.fullName()))
                        .orElse(state)
                : state;
    }

    @Override
    public String wayOf(Principal user) {
        return people.wayOf(user);
    }

    @Override
    public String identityOf(Principal user) {
        return people.identityOf(user);
    }

    @Override
    public boolean mayExist(String user) {
        return people.mayExist(user);
    }

    @Override
    public Optional<TokenDesk> tokens() {
        return Optional.of(desk);
    }

    @Override
    public void mount(Router router) {
        people.mount(router);
    }

    @Override
    public void opened(int port) {
        people.opened(port);
    }

    @Override
    public boolean entered(ClientSocket socket) {
        return socket.principal().kind() == Principal.Kind.TOKEN ? desk.entered(socket) : people.entered(socket);
    }

    @Override
    public Optional<Principal> present(Principal before) {
        return before.kind() == Principal.Kind.TOKEN ? desk.of(before).map(holds -> before) : people.present(before);
    }

    @Override
    public void onChange(Runnable listener) {
        people.onChange(() -> {
            desk.makersChanged();
            listener.run();
        });
        desk.onChange(listener);
    }

    @Override
    public void onUserEdited(Consumer<String> listener) {
        people.onUserEdited(listener);
    }

    @Override
    public void close() {
        people.close();
    }

    /** Every other request of the page's paths continues without an identity. */
    private boolean isHandshake(HttpServerRequest request) {
        return paths.isPage(request);
    }

    private Future<Principal> admitted(HttpServerRequest request, ApiToken token) {
        // No other page can send the token; a cookie beside it may be the one that the sender relies on.
        if (request.headers().contains("Cookie") && OriginRule.breaks(request)) {
            return Future.failedFuture(new NotAdmitted(403, OriginRule.NEEDED));
        }
        desk.used(token);
        return Future.succeededFuture(TokenDesk.principal(token, addresses.of(request)));
    }

    /** @param ended the token, if it was one and has ended: only the log and the record say so */
    private Future<Principal> refused(HttpServerRequest request, SignInEvent.Kind kind, Optional<ApiToken> ended) {
        String address = addresses.of(request);
        Optional<Duration> wait = attempts.take(address, clock.millis());
        SignInEvent.Kind reported = wait.isEmpty() ? kind : SignInEvent.Kind.TOKENS_LIMITED;
        var event = SignInEvent.refused(reported, ended.map(ApiToken::fullName), address);
        events.accept(event);
        // A client that goes on must not fill the log; the record has the number.
        if (wait.isEmpty() || attempts.refused(address)) {
            SignInLog.write(event);
        }
        if (wait.isEmpty()) {
            return Future.failedFuture(
                    NotAdmitted.reported(401, NOT_VALID, Map.of("WWW-Authenticate", "Bearer error=\"invalid_token\"")));
        }
        long seconds = wait.get().plusMillis(999).toSeconds();
        return Future.failedFuture(NotAdmitted.reported(
                429,
                "There were too many wrong tokens; try again in " + seconds + " s.",
                Map.of("Retry-After", Long.toString(seconds))));
    }

    private void seen(Principal principal) {
        if (principal.kind() == Principal.Kind.USER || principal.kind() == Principal.Kind.PROXY) {
            desk.seen(new TokenMaker(people.wayOf(principal), principal));
        }
    }

    private static Future<Void> notStarted(Throwable cause) {
        return Future.failedFuture(
                cause instanceof TokensException sentence
                        ? new SettingsException(List.of("The tokens cannot be read: " + sentence.getMessage() + "."))
                        : cause);
    }

    private void happened(SignInEvent event) {
        events.accept(event);
        SignInLog.write(event);
    }
}
