package io.dockrelay.relay.signin.oidc;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an identity token must say besides its signature, by OpenID Connect Core 3.1.3.7. Pure; the time is a parameter.
 *
 * @param issuer as the provider names itself
 * @param clientId of this relay
 */
record IdTokenCheck(String issuer, String clientId) {

    /** The clocks of this machine and the provider may differ. */
    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(30);

    private static final int LONGEST_SUBJECT = 255;

    /**
     * What is wrong with a token of a new sign-in; empty for one that is right.
     *
     * @param nonce of the sign-in
     */
    Optional<String> ofSignIn(Map<String, Object> claims, String nonce, Instant now) {
        boolean same = claims.get("nonce") instanceof String given
                && MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8), nonce.getBytes(StandardCharsets.UTF_8));
        Optional<String> wrong = of(claims, now);
        return wrong.isPresent() || same ? wrong : Optional.of("its nonce is not that of this sign-in");
    }

    /**
     * The same for a token that replaces an earlier one.
     *
     * @param subject of the earlier one
     */
    Optional<String> ofRefresh(Map<String, Object> claims, String subject, Instant now) {
        Optional<String> wrong = of(claims, now);
        return wrong.isPresent() || subject.equals(claims.get("sub"))
                ? wrong
                : Optional.of("its subject is another user");
    }

    private Optional<String> of(Map<String, Object> claims, Instant now) {
        List<?> audience = claims.get("aud") instanceof List<?> several
                ? several
                : claims.get("aud") instanceof String one ? List.of(one) : List.of();
        Object party = claims.get("azp");
        if (!issuer.equals(claims.get("iss"))) {
            return Optional.of("its issuer is another one");
        } else if (!audience.contains(clientId)) {
            return Optional.of("its audience is another client");
        } else if (party == null ? audience.size() > 1 : !clientId.equals(party)) {
            return Optional.of("its authorized party is another client");
        } else if (!(claims.get("sub") instanceof String subject)
                || subject.isEmpty()
                || subject.length() > LONGEST_SUBJECT) {
            return Optional.of("its subject is missing");
        } else if (!(claims.get("exp") instanceof Number expiry) || isBefore(expiry, now.minus(CLOCKS_DIFFER))) {
            return Optional.of("it has expired");
        }
        boolean future = !(claims.get("iat") instanceof Number issued)
                || !isBefore(issued, now.plus(CLOCKS_DIFFER))
                || (claims.get("nbf") instanceof Number begin && !isBefore(begin, now.plus(CLOCKS_DIFFER)));
        return future ? Optional.of("it is for the future") : Optional.empty();
    }

    private static boolean isBefore(Number seconds, Instant time) {
        return seconds.longValue() <= time.getEpochSecond();
    }
}
