package io.dockrelay.relay.signin.tokens;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import io.dockrelay.protocol.rights.Principal;

/**
 * Reports each token that appears in the file or disappears, with the one who did it, if it was done at this relay. Owned by
 * {@link TokenDesk}, on the relay's context.
 */
final class TokenReports {

    private final Consumer<TokenEvent> events;

    /** Who makes or revokes a token at this moment, by its id. */
    private final Map<String, Principal> causes = new HashMap<>();

    /** Ids of tokens that are still in the file, and were reported as revoked. */
    private final Set<String> early = new HashSet<>();

    TokenReports(Consumer<TokenEvent> events) {
        this.events = events;
    }

    /** The token is made or revoked from now on, until {@link #end}. */
    void begin(ApiToken token, Principal by) {
        causes.put(token.id(), by);
    }

    void end(ApiToken token) {
        causes.remove(token.id());
    }

    /** The token does not hold any more, but stays in the file. */
    void revokedEarly(ApiToken token, Principal by) {
        if (early.add(token.id())) {
            events.accept(new TokenEvent(TokenEvent.Kind.REVOKED, token, by));
        }
    }

    void changed(Map<String, ApiToken> before, Map<String, ApiToken> now) {
        now.values().stream()
                .filter(token -> !before.containsKey(token.id()))
                .forEach(token -> report(TokenEvent.Kind.MADE, token));
        before.values().stream()
                .filter(token -> !now.containsKey(token.id()) && !early.remove(token.id()))
                .forEach(token -> report(TokenEvent.Kind.REVOKED, token));
    }

    private void report(TokenEvent.Kind kind, ApiToken token) {
        events.accept(new TokenEvent(kind, token, causes.get(token.id())));
    }
}
