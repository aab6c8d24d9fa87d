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
import java.util.function.UnaryOperator;

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
    private final HeldTokens tokens;
    private final TokenReports reports;
    private final TokensWatch watch;
    private final MakerNotes notes;
    private final TokenUses uses;
    private final Tickets tickets = new Tickets();
    private final LiveTokens live = new LiveTokens();
    private final Periodic ticks;

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
        this.tokens = new HeldTokens(this.makers, clock);
        this.reports = new TokenReports(events);
        this.watch = new TokensWatch(vertx, new TokensFile(folder), this::changed);
        this.notes = new MakerNotes(watch, clock);
        this.uses = new TokenUses(vertx, folder, () -> tokens.byId().keySet());
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
        return tokens.check(text);
    }

    /** The token with this text, if it is one that does not hold any more. */
    public Optional<ApiToken> ended(String text) {
        return tokens.known(text);
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
        return principal.groups().stream().findFirst().flatMap(tokens::find);
    }

    /** What a token is for; empty if it does not hold. */
    public Optional<TokenScope> scope(Principal principal) {
        return of(principal).flatMap(makers::scope);
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
        return tokens.isExpired(token);
    }

    /** Fails with {@link TokensException}. */
    public Future<Made> make(TokenMaker maker, NewToken asked, Principal by) {
        Instant now = clock.instant();
        TokenSecret secret = TokenSecret.random();
        ApiToken token = asked.token(secret, Optional.of(maker), now);
        reports.begin(token, by);
        return edit(file -> file.with(token, now))
                .onComplete(either -> reports.end(token))
                .map(edited -> new Made(token, secret));
    }

    /**
     * Ends the token at once. Fails with {@link TokensException} if it stays in the file: it does not hold at this relay then,
     * until a restart.
     */
    public Future<Void> revoke(Principal by, ApiToken token) {
        tokens.revoke(token);
        closeEnded();
        onChange.run();
        reports.begin(token, by);
        return edit(file -> file.without(other -> other.id().equals(token.id())))
                .onFailure(failed -> reports.revokedEarly(token, by))
                .onComplete(either -> reports.end(token))
                .mapEmpty();
    }

    /** A ticket for a token; empty if it has too many, or has ended. */
    public Optional<String> ticket(Principal principal) {
        return of(principal).flatMap(token -> tickets.make(token.id(), clock.millis()));
    }

    /** The token of a ticket, once, while it holds. */
    public Optional<ApiToken> redeem(String ticket) {
        return tickets.take(ticket, clock.millis()).flatMap(tokens::find);
    }

    /** A socket was opened with a token, and ends with it. Returns whether the token still holds; if not, closes it. */
    public boolean entered(ClientSocket socket) {
        Optional<ApiToken> token = of(socket.principal());
        token.ifPresentOrElse(holds -> live.add(holds.id(), socket), () -> socket.close(CloseCode.SIGNED_OUT));
        return token.isPresent();
    }

    /** Users may have other roles, or are gone. The tokens of one that is gone are removed. */
    public void makersChanged() {
        Set<String> orphans = makers.orphans(tokens.all());
        if (!orphans.isEmpty()) {
            // If it fails they do not hold either; they are removed after the next change.
            edit(file -> file.without(token -> orphans.contains(token.id()))).onFailure(logged -> {});
        }
        makers.remember(tokens.all());
        closeEnded();
    }

    /** A user makes a request. Its groups and roles count for its tokens until it is seen with others. */
    public void seen(TokenMaker user) {
        notes.seen(user, tokens.all());
    }

    /** The path of the file is in the log only. */
    private Future<Tokens> edit(UnaryOperator<Tokens> edit) {
        return watch.edit(edit).onFailure(failed -> {
            if (!(failed instanceof TokensException) || failed instanceof TokensFileException) {
                LOG.error("[sign-in] the tokens file could not be edited: {}", failed.getMessage());
            }
        });
    }

    private void changed(Tokens now) {
        Map<String, ApiToken> before = tokens.replace(now);
        boolean first = !ticks.isRunning();
        makers.remember(tokens.all());
        if (!first) {
            reports.changed(before, tokens.byId());
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
        live.closeUnless(id -> tokens.find(id).isPresent());
    }
}
