package io.dockrelay.relay.signin.oidc;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LoginsTest {

    private Instant now = Instant.parse("2026-11-30T12:00:00Z");

    private final Clock clock = new Clock() {

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };

    private final Logins logins = new Logins(new byte[32], clock);

    @Test
    void signInIsFinishedOnceWithItsOwnState() {
        LoginAttempt begun = logins.begin("/c/edge-1");
        String cookie = logins.seal(begun);

        assertThat(logins.finish(cookie, "another")).isEmpty();
        assertThat(logins.finish(cookie, null)).isEmpty();
        assertThat(logins.finish(null, begun.state())).isEmpty();
        assertThat(logins.finish(cookie, begun.state())).contains(begun);
        assertThat(logins.finish(cookie, begun.state())).as("the second time").isEmpty();
    }

    @Test
    void signInMustBeFinishedInTime() {
        LoginAttempt begun = logins.begin("/");
        String cookie = logins.seal(begun);
        now = now.plus(Logins.VALID).minusSeconds(1);
        assertThat(logins.finish(cookie, begun.state())).isPresent();

        LoginAttempt late = logins.begin("/");
        String other = logins.seal(late);
        now = now.plus(Logins.VALID);
        assertThat(logins.finish(other, late.state())).isEmpty();
    }

    @Test
    void otherKeyAndChangedTextsAreRefused() {
        LoginAttempt begun = logins.begin("/");
        String cookie = logins.seal(begun);
        byte[] key = new byte[32];
        key[0] = 1;
        assertThat(new Logins(key, clock).finish(cookie, begun.state())).isEmpty();
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            StringBuilder changed = new StringBuilder(cookie);
            int at = random.nextInt(cookie.length() - 1);
            changed.setCharAt(at, changed.charAt(at) == 'A' ? 'B' : 'A');
            assertThat(logins.finish(changed.toString(), begun.state()))
                    .as("seed %d", seed)
                    .isEmpty();
        }
        assertThat(logins.finish("A".repeat(100_000), begun.state())).isEmpty();
        assertThat(logins.finish("§", begun.state())).isEmpty();
    }

    @Test
    void eachSignInHasItsOwnSecretsAndShowsNone() {
        LoginAttempt one = logins.begin("/");
        LoginAttempt two = logins.begin("/");
        assertThat(one.state()).hasSize(43).isNotEqualTo(two.state());
        assertThat(one.nonce()).isNotIn(two.nonce(), one.state());
        assertThat(one.verifier()).hasSize(43).isNotIn(two.verifier(), one.nonce());
        assertThat(one.challenge()).hasSize(43).isNotEqualTo(one.verifier());
        assertThat(one.toString()).doesNotContain(one.state(), one.nonce(), one.verifier());
        assertThat(logins.seal(one)).isNotEqualTo(logins.seal(one));
        assertThat(Duration.ofMinutes(10)).isEqualTo(Logins.VALID);
    }
}
