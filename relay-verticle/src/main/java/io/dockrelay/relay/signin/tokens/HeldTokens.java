package io.dockrelay.relay.signin.tokens;

import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The tokens as they are now, and which of them hold: those that have not expired, were not revoked and whose maker exists.
 * Owned by {@link TokenDesk}, on the relay's context.
 */
final class HeldTokens {

    private final TokenMakers makers;
    private final Clock clock;
    private Map<String, ApiToken> byId = Map.of();

    /** Ids of the tokens that were revoked here, until they are not in the file any more. */
    private final Set<String> revoked = new HashSet<>();

    HeldTokens(TokenMakers makers, Clock clock) {
        this.makers = makers;
        this.clock = clock;
    }

    /** Those that do not hold included. */
    Collection<ApiToken> all() {
        return byId.values();
    }

    /** The token with this id, while it holds. */
    Optional<ApiToken> find(String id) {
        return Optional.ofNullable(byId.get(id))
                .filter(token -> !isExpired(token) && !revoked.contains(id) && makers.has(token));
    }

    /** The token with this text, while it holds. */
    Optional<ApiToken> check(String text) {
        return TokenSecret.parse(text).flatMap(secret -> find(secret.id()).filter(token -> token.is(secret)));
    }

    /** The token with this text, if there is one, whether or not it holds. */
    Optional<ApiToken> known(String text) {
        return TokenSecret.parse(text)
                .flatMap(secret -> Optional.ofNullable(byId.get(secret.id())).filter(token -> token.is(secret)));
    }

    boolean isExpired(ApiToken token) {
        return token.isExpired(clock.instant());
    }

    void revoke(ApiToken token) {
        boolean unused = revoked.add(token.id());
    }

    /** Returns the tokens by their ids as they were before. */
    Map<String, ApiToken> replace(Tokens now) {
        Map<String, ApiToken> before = byId;
        byId = now.byId();
        boolean unused = revoked.retainAll(byId.keySet());
        return before;
    }

    /** All, by their ids. */
    Map<String, ApiToken> byId() {
        return byId;
    }
}
