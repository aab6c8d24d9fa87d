package io.dockrelay.relay.dial;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.dockrelay.relay.dial.SocksHandshake.Step;
import io.dockrelay.settings.Secret;

import static org.assertj.core.api.Assertions.assertThat;

class SocksHandshakeTest {

    private static final String GREETING = "05020002";
    private static final String PASSWORD = "0102" + text("ws") + "06" + text("secret");
    private static final String REQUEST = "05010003" + "10" + text("cellar.localhost") + "0050";

    private final SocksHandshake handshake = new SocksHandshake(Secret.of("secret"));

    private static String text(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }

    private Step take(String hex) {
        return handshake.take(Buffer.buffer(HexFormat.of().parseHex(hex)));
    }

    private static String hex(Buffer bytes) {
        return HexFormat.of().formatHex(bytes.getBytes());
    }

    @Test
    void clientWithThePasswordIsConnectedToItsHost() {
        assertThat(take(GREETING))
                .isInstanceOfSatisfying(
                        Step.Answer.class, step -> assertThat(hex(step.bytes())).isEqualTo("0502"));
        assertThat(take(PASSWORD))
                .isInstanceOfSatisfying(
                        Step.Answer.class, step -> assertThat(hex(step.bytes())).isEqualTo("0100"));
        assertThat(take(REQUEST)).isInstanceOfSatisfying(Step.Connect.class, step -> {
            assertThat(step.user()).isEqualTo("ws");
            assertThat(step.host()).isEqualTo("cellar.localhost");
            assertThat(hex(step.bytes())).isEqualTo("05000001000000000000");
        });
    }

    @Test
    void messagesMayArriveByteByByte() {
        for (String message : new String[] {GREETING, PASSWORD, REQUEST}) {
            for (int i = 0; i < message.length() - 2; i += 2) {
                assertThat(take(message.substring(i, i + 2))).isInstanceOf(Step.More.class);
            }
            assertThat(take(message.substring(message.length() - 2))).isNotInstanceOf(Step.More.class);
        }
    }

    @Test
    void wrongPasswordIsRefused() {
        assertThat(take(GREETING)).isInstanceOf(Step.Answer.class);
        assertThat(take("0102" + text("ws") + "06" + text("secrEt")))
                .isInstanceOfSatisfying(
                        Step.Refusal.class,
                        step -> assertThat(hex(step.bytes())).isEqualTo("0101"));
    }

    /** No password offered, another version, an HTTP request, and what follows before it was asked for. */
    @ParameterizedTest
    @ValueSource(strings = {"050100", "04010050", "474554202f", GREETING + "01", GREETING + "0102"})
    void otherGreetingsAreRefused(String greeting) {
        assertThat(take(greeting.startsWith("4745") ? greeting + "20".repeat(100) : greeting))
                .isInstanceOfSatisfying(
                        Step.Refusal.class,
                        step -> assertThat(hex(step.bytes())).isEqualTo("05ff"));
    }

    /** An address in place of a name, and a port to listen at. */
    @ParameterizedTest
    @ValueSource(strings = {"05010001" + "7f0000010050" + "00", "05020003" + "0161" + "0050"})
    void otherRequestsAreRefused(String request) {
        assertThat(take(GREETING)).isInstanceOf(Step.Answer.class);
        assertThat(take(PASSWORD)).isInstanceOf(Step.Answer.class);
        assertThat(take(request + "00".repeat(127))).isInstanceOf(Step.Refusal.class);
    }

    @Test
    void randomBytesAreNeverAdmitted() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            var each = new SocksHandshake(Secret.of("secret"));
            byte[] bytes = new byte[random.nextInt(600)];
            random.nextBytes(bytes);
            assertThat(each.take(Buffer.buffer(bytes))).as("seed %d", seed).isNotInstanceOf(Step.Connect.class);
        }
    }
}
