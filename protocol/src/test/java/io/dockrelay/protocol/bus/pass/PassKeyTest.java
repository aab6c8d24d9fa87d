package io.dockrelay.protocol.bus.pass;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.dockrelay.protocol.rights.Permission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** A pass opens one call, once, for a minute at most. */
class PassKeyTest {

    private static final Instant NOW = Instant.parse("2025-11-25T22:52:30Z");
    private static final PassKey KEY = PassKey.of("a-token-of-the-controllers");
    private static final PassedCall CALL =
            call("dockrelay.edge-1.control", Permission.CONTROL, "{\"container\":\"web\"}");

    private final UsedPasses used = new UsedPasses();

    @Test
    void passOpensItsCallOnce() {
        String pass = KEY.pass(CALL, NOW);

        assertThat(KEY.check(CALL, pass, used, NOW)).isEmpty();
        assertThat(KEY.check(CALL, pass, used, NOW)).contains(PassFault.USED);
        assertThat(KEY.check(CALL, KEY.pass(CALL, NOW), used, NOW)).isEmpty();
    }

    @Test
    void passOpensNoOtherCall() {
        String pass = KEY.pass(CALL, NOW);
        List<PassedCall> others = List.of(
                call("dockrelay.edge-2.control", Permission.CONTROL, "{\"container\":\"web\"}"),
                call("dockrelay.edge-1.control", Permission.VIEW, "{\"container\":\"web\"}"),
                call("dockrelay.edge-1.control", Permission.CONTROL, "{\"container\":\"db\"}"),
                call("dockrelay.edge-1.contro", Permission.CONTROL, "l{\"container\":\"web\"}"));

        assertThat(others)
                .allSatisfy(
                        other -> assertThat(KEY.check(other, pass, used, NOW)).contains(PassFault.WRONG));
        assertThat(KEY.check(CALL, pass, used, NOW)).isEmpty();
    }

    @Test
    void passOfAnotherTokenIsWrong() {
        String pass = PassKey.of("another-token-of-others").pass(CALL, NOW);

        assertThat(KEY.check(CALL, pass, used, NOW)).contains(PassFault.WRONG);
        assertThat(KEY.check(CALL, null, used, NOW)).contains(PassFault.MISSING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1...",
                "2.1764111180.AAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "1.1764111180.AAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "1.-5.AAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "1.1764111180.!!.??",
                "1.99999999999999999999.AAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void otherTextIsWrong(String header) {
        assertThat(KEY.check(CALL, header, used, NOW)).contains(PassFault.WRONG);
    }

    @Test
    void changedExpiryIsWrong() {
        String[] parts = KEY.pass(CALL, NOW).split("\\.", -1);
        parts[1] = Long.toString(Long.parseLong(parts[1]) + 20);

        assertThat(KEY.check(CALL, String.join(".", parts), used, NOW)).contains(PassFault.WRONG);
    }

    @Test
    void passExpiresAndClocksMayDifferByHalfAMinute() {
        assertThat(KEY.check(CALL, KEY.pass(CALL, NOW), used, NOW.plusSeconds(30)))
                .isEmpty();
        assertThat(KEY.check(CALL, KEY.pass(CALL, NOW), used, NOW.plusSeconds(31)))
                .contains(PassFault.EXPIRED);
        assertThat(KEY.check(CALL, KEY.pass(CALL, NOW), used, NOW.minusSeconds(30)))
                .isEmpty();
        assertThat(KEY.check(CALL, KEY.pass(CALL, NOW), used, NOW.minusSeconds(31)))
                .contains(PassFault.EXPIRED);
    }

    @Test
    void usedPassesAreBoundedAndForgottenWhenTheyHaveExpired() {
        for (int i = 0; i < UsedPasses.MOST; i++) {
            assertThat(used.use(pass(i, NOW.plusSeconds(30)), NOW)).isEmpty();
        }
        assertThat(used.use(pass(-1, NOW.plusSeconds(30)), NOW)).contains(PassFault.BUSY);

        assertThat(used.use(pass(-1, NOW.plusSeconds(61)), NOW.plusSeconds(31))).isEmpty();
        assertThat(used.size()).isEqualTo(1);
    }

    @Test
    void neitherTokenNorKeyIsInThePass() {
        String pass = KEY.pass(CALL, NOW);
        String token = Base64.getUrlEncoder().encodeToString("a-token-of-the-controllers".getBytes(UTF_8));

        assertThat(pass).doesNotContain("a-token").doesNotContain(token.substring(0, 16));
        assertThat(KEY.toString()).isEqualTo("(not shown)");
    }

    private static CallPass pass(int number, Instant expiry) {
        byte[] nonce = new byte[CallPass.NONCE_BYTES];
        ByteBuffer.wrap(nonce).putInt(number);
        return new CallPass(expiry.getEpochSecond(), nonce, new byte[CallPass.SIGNATURE_BYTES]);
    }

    private static PassedCall call(String address, Permission permission, String question) {
        return new PassedCall(address, permission, question.getBytes(UTF_8));
    }
}
