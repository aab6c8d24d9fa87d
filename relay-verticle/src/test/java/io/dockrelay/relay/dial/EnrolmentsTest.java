package io.dockrelay.relay.dial;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.dial.EnrolRequest;
import io.dockrelay.relay.signin.tokens.TokenSecret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EnrolmentsTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Instant EXPIRES = NOW.plus(Duration.ofMinutes(60));

    private final TokenSecret token = TokenSecret.random();
    private final TokenSecret key = TokenSecret.random();

    private Enrolments open(String name) {
        return Enrolments.NONE.with(Enrolment.open(token, Optional.ofNullable(name), NOW, EXPIRES), NOW);
    }

    private EnrolRequest request(String nonce) {
        return new EnrolRequest(token.reveal(), nonce, "edge_1.example");
    }

    @Test
    void tokenIsExchangedOnceAndWithTheSameNonceAgain() {
        Enrolments enrolled = open("cellar").exchange(request("one"), key, NOW);
        assertThat(enrolled.ofKey(key)).get().extracting(Enrolment::hostName).isEqualTo("cellar");

        assertThatThrownBy(() -> enrolled.exchange(request("two"), TokenSecret.random(), NOW))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("used already");
        TokenSecret again = TokenSecret.random();
        Enrolments repeated = enrolled.exchange(request("one"), again, NOW.plusSeconds(599));
        assertThat(repeated.ofKey(again)).isPresent();
        assertThat(repeated.ofKey(key)).as("the one that was not kept").isEmpty();
        assertThatThrownBy(() -> enrolled.exchange(request("one"), again, NOW.plusSeconds(600)))
                .hasMessageContaining("used already");
        assertThatThrownBy(() -> enrolled.used(key).exchange(request("one"), again, NOW))
                .as("a key that was kept")
                .hasMessageContaining("used already");
    }

    @Test
    void tokenExpiresAndCanBeRevokedBeforeItsUse() {
        assertThatThrownBy(() -> open("cellar").exchange(request("one"), key, EXPIRES))
                .hasMessageContaining("has expired");
        assertThat(open("cellar")
                        .exchange(request("one"), key, EXPIRES.minusMillis(1))
                        .ofKey(key))
                .isPresent();
        assertThatThrownBy(() -> open("cellar").revoked(token.id(), NOW).exchange(request("one"), key, NOW))
                .hasMessageContaining("was revoked");
        var other = new EnrolRequest(TokenSecret.random().reveal(), "one", null);
        assertThatThrownBy(() -> open("cellar").exchange(other, key, NOW))
                .hasMessageContaining("not an enrolment token");
    }

    @Test
    void olderKeyHoldsUntilTheNewerOneWasUsed() {
        TokenSecret newer = TokenSecret.random();
        Enrolments offered =
                open("cellar").exchange(request("one"), key, NOW).used(key).offered(token.id(), newer, NOW);

        assertThat(offered.ofKey(key)).isPresent();
        assertThat(offered.ofKey(newer)).isPresent();
        assertThat(offered.used(key)).as("the older one is in use until then").isEqualTo(offered);
        assertThat(offered.used(newer).ofKey(key)).isEmpty();
        assertThat(offered.used(newer).ofKey(newer)).isPresent();
    }

    @Test
    void revokedHostHasNoKeyAndIsListedUntilItIsRevokedAgain() {
        Enrolments revoked = open("cellar").exchange(request("one"), key, NOW).revoked(token.id(), NOW);

        assertThat(revoked.ofKey(key)).isEmpty();
        assertThat(revoked.hosts()).isEmpty();
        assertThat(revoked.all()).hasSize(1);
        assertThat(revoked.revoked(token.id(), NOW).all()).isEmpty();
    }

    @Test
    void hostWithoutANameHasThatOfItsController() {
        assertThat(open(null).exchange(request("one"), key, NOW).ofKey(key))
                .get()
                .extracting(Enrolment::hostName)
                .isEqualTo("edge-1-example");
    }

    @Test
    void nameIsFreeWhenItsEnrolmentIsOver() {
        Enrolment next = Enrolment.open(key, Optional.of("CELLAR"), NOW, EXPIRES);
        assertThatThrownBy(() -> open("cellar").with(next, NOW)).hasMessageContaining("choose another name");
        assertThat(open("cellar").with(next, EXPIRES).all()).hasSize(2);
        assertThat(open("cellar").revoked(token.id(), NOW).with(next, NOW).all())
                .hasSize(2);
    }

    @Test
    void fileHasEverythingButTheSecrets() {
        Enrolments all = open("cellar")
                .exchange(request("the-nonce"), key, NOW)
                .used(key)
                .seen(token.id(), NOW)
                .offered(token.id(), TokenSecret.random(), NOW);
        byte[] written = EnrolmentsFormat.write(all);

        assertThat(EnrolmentsFormat.read(written)).isEqualTo(all);
        assertThat(new String(written, java.nio.charset.StandardCharsets.UTF_8))
                .doesNotContain(token.reveal(), key.reveal(), "the-nonce");
        for (String broken : List.of("", "[]", "{}", "{\"enrolments\":[null]}", "{\"enrolments\":[{\"id\":\"x\"}]}")) {
            assertThatThrownBy(() -> EnrolmentsFormat.read(broken.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
