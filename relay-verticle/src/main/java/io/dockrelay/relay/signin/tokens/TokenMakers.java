package io.dockrelay.relay.signin.tokens;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.dockrelay.protocol.rights.Principal;
import io.dockrelay.protocol.rights.TokenScope;

/** Which tokens have a maker that still exists. Owned by {@link TokenDesk}, on the relay's context. */
final class TokenMakers {

    private final Function<TokenMaker, Optional<Principal>> now;

    /** Ids of the tokens whose maker has existed since the start. */
    private Set<String> withMaker = Set.of();

    /** @param now a maker as it is now, whether or not it is signed in; empty if it is gone */
    TokenMakers(Function<TokenMaker, Optional<Principal>> now) {
        this.now = now;
    }

    /** Whether the token needs no maker, or has one. */
    boolean has(ApiToken token) {
        return token.maker().isEmpty() || of(token).isPresent();
    }

    /** The maker as it is now. */
    Optional<Principal> of(ApiToken token) {
        return token.maker().flatMap(now);
    }

    /** What the token is for; empty if its maker is gone, which is never the same as to have none. */
    Optional<TokenScope> scope(ApiToken token) {
        return token.maker().isEmpty()
                ? Optional.of(new TokenScope(token.permissions(), token.where(), Optional.empty()))
                : of(token).map(maker -> new TokenScope(token.permissions(), token.where(), Optional.of(maker)));
    }

    /** Orphans stay orphans until they are not in the file any more. */
    void remember(Collection<ApiToken> tokens) {
        withMaker = tokens.stream()
                .filter(token -> withMaker.contains(token.id()) || has(token))
                .map(ApiToken::id)
                .collect(Collectors.toSet());
    }

    /** The ids of those whose maker is gone, and was there before: a file of users that is not there yet ends none. */
    Set<String> orphans(Collection<ApiToken> tokens) {
        return tokens.stream()
                .filter(token -> !has(token))
                .map(ApiToken::id)
                .filter(withMaker::contains)
                .collect(Collectors.toSet());
    }
}
