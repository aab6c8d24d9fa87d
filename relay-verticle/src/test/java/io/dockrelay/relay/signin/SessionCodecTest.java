package io.dockrelay.relay.signin;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.dockrelay.settings.SessionSettings;

import static org.assertj.core.api.Assertions.assertThat;

class SessionCodecTest {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final Duration IDLE = Duration.ofHours(12);
    private static final Duration LONGEST = Duration.ofDays(7);

    private final SessionCodec codec = new SessionCodec(key(1));
    private final SessionClaims claims = new SessionClaims("id", "anna", "generation", NOW, NOW);

    private static byte[] key(int fill) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) fill);
        return key;
    }

    @Test
    void otherRelayWithTheSameKeyReadsTheCookie() {
        assertThat(new SessionCodec(key(1)).open(codec.seal(claims))).contains(claims);
        assertThat(new SessionCodec(key(1)).cookieId()).isEqualTo(codec.cookieId());
    }

    @Test
    void cookieOfAnotherKeyIsNone() {
        var other = new SessionCodec(key(2));

        assertThat(other.open(codec.seal(claims))).isEmpty();
        assertThat(other.cookieId()).isNotEqualTo(codec.cookieId());
    }

    @Test
    void everyChangedBitMakesItWorthless() {
        byte[] sealed = Base64.getUrlDecoder().decode(codec.seal(claims));
        for (int bit = 0; bit < sealed.length * 8; bit++) {
            byte[] forged = sealed.clone();
            forged[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(codec.open(Base64.getUrlEncoder().withoutPadding().encodeToString(forged)))
                    .as("bit %d", bit)
                    .isEmpty();
        }
    }

    @Test
    void everyBeginningOfACookieIsWorthless() {
        String whole = codec.seal(claims);
        for (int length = 0; length < whole.length(); length++) {
            assertThat(codec.open(whole.substring(0, length)))
                    .as("%d characters", length)
                    .isEmpty();
        }
        assertThat(codec.open(whole + whole)).isEmpty();
        assertThat(codec.open("x".repeat(100_000))).isEmpty();
    }

    @Test
    void arbitraryTextsAreWorthless() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = new byte[random.nextInt(120)];
            random.nextBytes(bytes);
            String text = random.nextBoolean()
                    ? Base64.getUrlEncoder().encodeToString(bytes)
                    : new String(bytes, StandardCharsets.ISO_8859_1);
            assertThat(codec.open(text)).as("seed %d", seed).isEmpty();
        }
    }

    @Test
    void sameSessionIsSealedDifferentlyEachTime() {
        assertThat(codec.seal(claims)).isNotEqualTo(codec.seal(claims)).doesNotContain("anna");
    }

    @Test
    void sessionEndsWhenIdleAndInAnyCase() {
        var check = new SessionCheck(new SessionSettings(null, Optional.empty(), IDLE, LONGEST));
        var fresh = new SessionClaims("id", "anna", "generation", NOW, NOW);

        assertThat(check.isOver(fresh, NOW.plus(IDLE).minusSeconds(1))).isFalse();
        assertThat(check.isOver(fresh, NOW.plus(IDLE))).as("idle").isTrue();
        SessionClaims used = fresh.seenAt(NOW.plus(LONGEST).minusSeconds(1));
        assertThat(check.isOver(used, NOW.plus(LONGEST).minusSeconds(1))).isFalse();
        assertThat(check.isOver(used, NOW.plus(LONGEST))).as("the longest").isTrue();
        assertThat(check.isOver(fresh, NOW.minusSeconds(600)))
                .as("of the future")
                .isTrue();
        assertThat(check.isAged(fresh, NOW.plus(IDLE.dividedBy(30)))).isFalse();
        assertThat(check.isAged(fresh, NOW.plus(IDLE.dividedBy(10)))).isTrue();
    }
}
