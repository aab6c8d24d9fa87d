package io.dockrelay.relay.signin.oidc;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import io.dockrelay.protocol.wire.WireJson;
import io.dockrelay.relay.signin.sealed.Sealer;

/**
 * Binds each sign-in to the browser in which it began, by a cookie that only this relay can read; each can be finished once,
 * within ten minutes. On the relay's context.
 */
public final class Logins {

    /** How long a user may take at the provider. */
    public static final Duration VALID = Duration.ofMinutes(10);

    /** States that were used; beyond it the oldest is forgotten, whose code the provider has forgotten as well. */
    private static final int MOST = 10_000;

    private static final int LONGEST_COOKIE = 2048;

    private final SecureRandom random = new SecureRandom();
    private final Map<String, Instant> used = new LinkedHashMap<>();
    private final Sealer sealer;
    private final Clock clock;

    /** @param key 32 bytes, of this purpose alone */
    public Logins(byte[] key, Clock clock) {
        this.sealer = new Sealer(key, "dockrelay login 1");
        this.clock = clock;
    }

    /** @param to the path inside the page to which the reader returns; null for its beginning */
    public LoginAttempt begin(String to) {
        return LoginAttempt.begin(random, to, clock.instant());
    }

    /** The value of the cookie. */
    public String seal(LoginAttempt attempt) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealer.seal(WireJson.write(attempt)));
    }

    /**
     * The attempt that this browser began with this state; empty if it did not, if it took too long, or the second time.
     *
     * @param cookie and the state may be null
     */
    public Optional<LoginAttempt> finish(String cookie, String state) {
        Optional<LoginAttempt> attempt = open(cookie).filter(begun -> isState(begun, state) && isInTime(begun));
        if (attempt.isEmpty() || used.putIfAbsent(state, clock.instant()) != null) {
            return Optional.empty();
        }
        forget();
        return attempt;
    }

    private void forget() {
        Instant old = clock.instant().minus(VALID);
        used.values().removeIf(at -> at.isBefore(old));
        while (used.size() > MOST) {
            used.remove(used.keySet().iterator().next());
        }
    }

    private boolean isInTime(LoginAttempt attempt) {
        return clock.instant().isBefore(attempt.made().plus(VALID));
    }

    private static boolean isState(LoginAttempt attempt, String state) {
        return state != null
                && MessageDigest.isEqual(
                        attempt.state().getBytes(StandardCharsets.UTF_8), state.getBytes(StandardCharsets.UTF_8));
    }

    private Optional<LoginAttempt> open(String cookie) {
        if (cookie == null || cookie.length() > LONGEST_COOKIE) {
            return Optional.empty();
        }
        try {
            return sealer.open(Base64.getUrlDecoder().decode(cookie))
                    .map(plain -> WireJson.read(plain, LoginAttempt.class));
        } catch (IllegalArgumentException | UncheckedIOException forged) {
            return Optional.empty();
        }
    }
}
