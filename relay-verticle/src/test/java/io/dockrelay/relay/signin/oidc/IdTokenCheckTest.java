package io.dockrelay.relay.signin.oidc;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class IdTokenCheckTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

    private final IdTokenCheck check = new IdTokenCheck("https://id.example", "dockrelay");

    private static Map<String, Object> claims(String claim, Object value) {
        Map<String, Object> claims = new HashMap<>(Map.of(
                "iss", "https://id.example",
                "aud", "dockrelay",
                "sub", "42",
                "nonce", "n",
                "iat", NOW.getEpochSecond(),
                "exp", NOW.getEpochSecond() + 60));
        claims.put(claim, value);
        return claims;
    }

    private String wrong(String claim, Object value) {
        return check.ofSignIn(claims(claim, value), "n", NOW).orElse("nothing");
    }

    @Test
    void rightTokenIsAccepted() {
        assertThat(wrong("any", 1)).isEqualTo("nothing");
        assertThat(wrong("aud", List.of("dockrelay"))).isEqualTo("nothing");
        assertThat(wrong("azp", "dockrelay")).isEqualTo("nothing");
        Map<String, Object> several = claims("aud", List.of("another", "dockrelay"));
        several.put("azp", "dockrelay");
        assertThat(check.ofSignIn(several, "n", NOW)).isEmpty();
    }

    @Test
    void clocksMayDifferALittle() {
        assertThat(wrong("exp", NOW.getEpochSecond() - 29)).isEqualTo("nothing");
        assertThat(wrong("exp", NOW.getEpochSecond() - 30)).isEqualTo("it has expired");
        assertThat(wrong("iat", NOW.getEpochSecond() + 29)).isEqualTo("nothing");
        assertThat(wrong("iat", NOW.getEpochSecond() + 31)).isEqualTo("it is for the future");
        assertThat(wrong("nbf", NOW.getEpochSecond() + 31)).isEqualTo("it is for the future");
    }

    @Test
    void eachOtherValueIsNamed() {
        assertThat(wrong("iss", "https://id.example/")).isEqualTo("its issuer is another one");
        assertThat(wrong("iss", null)).isEqualTo("its issuer is another one");
        assertThat(wrong("aud", "Dockrelay")).isEqualTo("its audience is another client");
        assertThat(wrong("aud", null)).isEqualTo("its audience is another client");
        assertThat(wrong("aud", Map.of("dockrelay", true))).isEqualTo("its audience is another client");
        assertThat(wrong("aud", List.of("dockrelay", "another"))).isEqualTo("its authorized party is another client");
        assertThat(wrong("azp", "another")).isEqualTo("its authorized party is another client");
        assertThat(wrong("sub", "")).isEqualTo("its subject is missing");
        assertThat(wrong("sub", 42)).isEqualTo("its subject is missing");
        assertThat(wrong("sub", "4".repeat(256))).isEqualTo("its subject is missing");
        assertThat(wrong("exp", "tomorrow")).isEqualTo("it has expired");
        assertThat(wrong("iat", null)).isEqualTo("it is for the future");
        assertThat(wrong("nonce", "m")).isEqualTo("its nonce is not that of this sign-in");
        assertThat(wrong("nonce", null)).isEqualTo("its nonce is not that of this sign-in");
    }

    @Test
    void refreshedTokenIsOfTheSameUser() {
        assertThat(check.ofRefresh(claims("nonce", null), "42", NOW)).isEmpty();
        assertThat(check.ofRefresh(claims("any", 1), "43", NOW)).contains("its subject is another user");
    }
}
