package io.dockrelay.relay.signin.tokens;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** All tokens, in the order of the file. Immutable; each edit makes another one. Edits fail with {@link TokensException}. */
public record Tokens(List<ApiToken> all) {

    public static final Tokens NONE = new Tokens(List.of());

    static final int MOST = 1000;

    private static final int MOST_PER_MAKER = 100;

    /** So long a list shows why a program fails. */
    private static final Duration KEPT_WHEN_EXPIRED = Duration.ofDays(30);

    public Tokens {
        all = List.copyOf(all);
    }

    /** By its id, as a map for many look-ups. */
    Map<String, ApiToken> byId() {
        Map<String, ApiToken> byId = new LinkedHashMap<>();
        all.forEach(token -> byId.put(token.id(), token));
        return byId;
    }

    public Optional<ApiToken> find(String id) {
        return all.stream().filter(token -> token.id().equals(id)).findFirst();
    }

    /** The token with this id or full name; without a slash, the only one with this name. */
    public ApiToken named(String text) {
        List<ApiToken> exact = all.stream()
                .filter(token -> token.id().equals(text) || token.fullName().equals(text))
                .toList();
        List<ApiToken> named = exact.isEmpty()
                ? all.stream().filter(token -> token.name().equals(text)).toList()
                : exact;
        if (named.isEmpty()) {
            throw new TokensException("There is no token with this name or id; token list shows all of them.");
        }
        if (named.size() > 1) {
            throw new TokensException(
                    "Several makers have a token with this name: use its id, or MAKER/NAME, as token list shows them.");
        }
        return named.getFirst();
    }

    /** With one more token. Those that have been expired for a month, and those of a former user with the maker's name, are left out. */
    public Tokens with(ApiToken token, Instant now) {
        List<ApiToken> kept = new ArrayList<>(all.stream()
                .filter(other -> !other.isExpired(now.minus(KEPT_WHEN_EXPIRED)) && !isOfFormer(other, token))
                .toList());
        if (kept.stream().anyMatch(other -> other.fullName().equalsIgnoreCase(token.fullName()))) {
            throw new TokensException(
                    "There is a token " + token.name() + " already: choose another name, or revoke it.");
        }
        long ofMaker = kept.stream().filter(other -> sameMaker(other, token)).count();
        if (kept.size() >= MOST || ofMaker >= MOST_PER_MAKER) {
            throw new TokensException("There are too many tokens: one that is not used must be revoked first.");
        }
        kept.add(token);
        return new Tokens(kept);
    }

    /** Without these; unchanged if there are none. */
    public Tokens without(Predicate<ApiToken> which) {
        return new Tokens(all.stream().filter(which.negate()).toList());
    }

    /** The tokens of a maker that was seen with these groups and roles. */
    Tokens seen(TokenMaker maker) {
        return new Tokens(all.stream()
                .map(token -> token.isOf(maker) ? token.withMaker(maker) : token)
                .toList());
    }

    /** Whether the maker of another token had the name of this one's before. */
    private static boolean isOfFormer(ApiToken other, ApiToken token) {
        return token.maker().isPresent()
                && other.maker()
                        .filter(maker -> maker.hasNameOf(token.maker().get()))
                        .filter(maker -> !maker.isSame(token.maker().get()))
                        .isPresent();
    }

    private static boolean sameMaker(ApiToken one, ApiToken other) {
        return one.makerName().equals(other.makerName());
    }
}
