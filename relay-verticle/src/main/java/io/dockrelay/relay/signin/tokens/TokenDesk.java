package io.dockrelay.relay.signin.tokens;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.listener.ClientSocket;
import io.dockrelay.listener.CloseCode;
import io.dockrelay.protocol.rights.Principal;
import io.dockrelay.protocol.rights.TokenScope;
import io.dockrelay.protocol.timers.Periodic;

/**
 * The API tokens of a relay: makes, finds and revokes them, and ends the sockets of those that have ended. A token holds until
 * it expires or is revoked, and only while its maker exists. Owned by the relay's sign-in, from {@link #start} to {@link
 * #close}, on its context.
 */
public final class TokenDesk {

    /** How long a ticket is valid, in ms. */
    public static final int TICKET_MILLIS = (int) Tickets.VALID.toMillis();

    private static final Duration TICK = Duration.ofMillis(500);
    private static final Logger LOG = LoggerFactory.getLogger(TokenDesk.class);

    private final Clock clock;
    private final TokenMakers makers;
    private final TokenReports reports;
    private final TokensWatch watch;
    private final TokenUses uses;
    private final Tickets tickets = new Tickets();
    private final LiveTokens live = new LiveTokens();
    private final Periodic ticks;

    /** Of the tokens as they are now. */
    private Map<String, ApiToken> byId = Map.of();

    /** True while the groups of a maker are written. */
    private boolean noting;

    private Runnable onChange = () -> {};

    /** A token that was just made, with the text that is shown once. */
    public record Made(ApiToken token, TokenSecret secret) {}

    /**
     * @param folder of what sign-in keeps
     * @param makers a maker as it is now, whether or not it is signed in; empty if it is gone
     * @param events tokens that were made or revoked, for the log and the record
     */
    public TokenDesk(
            Vertx vertx,
            Path folder,
            Clock clock,
            Function<TokenMaker, Optional<Principal>> makers,
            Consumer<TokenEvent> events) {
        this.clock = clock;
        this.makers = new TokenMakers(makers);
        this.reports = new TokenReports(events);
        this.watch = new TokensWatch(vertx, new TokensFile(folder), this::changed);
        this.uses = new TokenUses(vertx, folder, () -> byId.keySet());
        this.ticks = new Periodic(vertx);
    }

    /** Fails with {@link TokensException} if the file cannot be used. */
    public Future<Void> start() {
        return watch.start().compose(read -> uses.start()).onSuccess(ready -> ticks.start(TICK, this::tick));
    }

    /** Sets what is called when tokens may have other rights, or have ended; before the start. */
    public void onChange(Runnable listener) {
        onChange = listener;
    }

    /** Completes when the last uses have been written. */
    public Future<Void> close() {
        ticks.cancel();
        watch.close();
        return uses.close();
    }

    /** The token with this text, while it holds. */
    public Optional<ApiToken> check(String text) {
        return TokenSecret.parse(text).flatMap(secret -> find(secret.id()).filter(token -> token.is(secret)));
    }

    /** The token with this text, if it is one that does not hold any more. */
    public Optional<ApiToken> ended(String text) {
        return TokenSecret.parse(text)
                .flatMap(secret -> Optional.ofNullable(byId.get(secret.id())).filter(token -> token.is(secret)));
    }

    /** A token was used now. */
    public void used(ApiToken token) {
        uses.used(token.id(), clock.instant());
    }

    /** The principal of a token, for a client with this address. */
    public static Principal principal(ApiToken token, String address) {
        return Principal.token(token.fullName(), token.id(), address);
    }

    /** The token of a principal, while it holds. */
    public Optional<ApiToken> of(Principal principal) {
        return principal.groups().stream().findFirst().flatMap(this::find);
    }

    /** What a token is for; empty if it does not hold. */
    public Optional<TokenScope> scope(Principal principal) {
        return of(principal).map(token -> new TokenScope(token.permissions(), token.where(), makers.of(token)));
    }

    /** All tokens, those that have expired included. */
    public List<ApiToken> all() {
        return watch.tokens().all();
    }

    /** When the token was used last. */
    public Optional<Instant> lastUse(ApiToken token) {
        return uses.last(token.id());
    }

    public boolean isExpired(ApiToken token) {
        return token.isExpired(clock.instant());
    }

    /** Fails with {@link TokensException}. */
    public Future<Made> make(TokenMaker maker, NewToken asked, Principal by) {
        Instant now = clock.instant();
        TokenSecret secret = TokenSecret.random();
        ApiToken token = asked.token(secret, Optional.of(maker), now);
        reports.begin(token, by);
        return watch.edit(tokens -> tokens.with(token, now))
                .onComplete(either -> reports.end(token))
                .map(edited -> new Made(token, secret));
    }

    /** Ends the token at once. Fails with {@link TokensException}. */
    public Future<Void> revoke(Principal by, ApiToken token) {
        reports.begin(token, by);
        return watch.edit(tokens -> tokens.without(other -> other.id().equals(token.id())))
                .onComplete(either -> reports.end(token))
                .mapEmpty();
    }

    /** A ticket for a token; empty if it has too many, or has ended. */
    public Optional<String> ticket(Principal principal) {
        return of(principal).flatMap(token -> tickets.make(token.id(), clock.millis()));
    }

    /** The token of a ticket, once, while it holds. */
    public Optional<ApiToken> redeem(String ticket) {
        return tickets.take(ticket, clock.millis()).flatMap(this::find);
    }

    /** A socket was opened with a token, and ends with it. Returns whether the token still holds; if not, closes it. */
    public boolean entered(ClientSocket socket) {
        Optional<ApiToken> token = of(socket.principal());
        token.ifPresentOrElse(holds -> live.add(holds.id(), socket), () -> socket.close(CloseCode.SIGNED_OUT));
        return token.isPresent();
    }

    /** Users may have other roles, or are gone. The tokens of one that is gone do not return with another one of its name. */
    public void makersChanged() {
        Set<String> orphans = makers.orphans(byId.values());
        if (!orphans.isEmpty()) {
            watch.edit(tokens -> tokens.without(token -> orphans.contains(token.id())))
                    .onFailure(failed -> LOG.error(
                            "[sign-in] the tokens of a user that was removed stay in the file: {}",
                            failed.getMessage()));
        }
        makers.remember(byId.values());
        closeEnded();
    }

    /** A user makes a request. Its groups and roles count for its tokens until it is seen with others. */
    public void seen(TokenMaker user) {
        boolean other = byId.values().stream()
                .anyMatch(token -> token.isOf(user) && !token.maker().get().equals(user));
        if (other && !noting) {
            noting = true;
            watch.edit(tokens -> tokens.seen(user))
                    .onFailure(failed -> LOG.warn(
                            "[sign-in] the groups of {} could not be kept: {}",
                            user.user().name(),
                            failed.getMessage()))
                    .onComplete(either -> noting = false);
        }
    }

    private Optional<ApiToken> find(String id) {
        return Optional.ofNullable(byId.get(id)).filter(token -> !isExpired(token) && makers.has(token));
    }

    private void changed(Tokens now) {
        Map<String, ApiToken> before = byId;
        byId = now.byId();
        boolean first = !ticks.isRunning();
        makers.remember(byId.values());
        if (!first) {
            reports.changed(before, byId);
            closeEnded();
            onChange.run();
        }
    }

    /** A socket that is open uses its token. */
    private void tick() {
        closeEnded();
        Instant now = clock.instant();
        live.ids().forEach(id -> uses.used(id, now));
    }

    private void closeEnded() {
        live.closeUnless(id -> find(id).isPresent());
    }
}
