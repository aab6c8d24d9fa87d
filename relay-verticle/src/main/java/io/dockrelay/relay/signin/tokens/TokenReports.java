package io.dockrelay.relay.signin.tokens;

import java.util.HashMap;
import java.util.Map;
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

    void changed(Map<String, ApiToken> before, Map<String, ApiToken> now) {
        now.values().stream()
                .filter(token -> !before.containsKey(token.id()))
                .forEach(token -> report(TokenEvent.Kind.MADE, token));
        before.values().stream()
                .filter(token -> !now.containsKey(token.id()))
                .forEach(token -> report(TokenEvent.Kind.REVOKED, token));
    }

    private void report(TokenEvent.Kind kind, ApiToken token) {
        events.accept(new TokenEvent(kind, token, causes.get(token.id())));
    }
}
