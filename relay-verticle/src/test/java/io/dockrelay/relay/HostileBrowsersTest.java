package io.dockrelay.relay;

import java.util.List;
import java.util.Random;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketConnectOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.dockrelay.relay.fleet.Containers.running;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** No message of one client affects the others. */
class HostileBrowsersTest {

    private static final List<String> FRAMES = List.of(
            "",
            "null",
            "[]",
            "\"text\"",
            "{",
            "{}",
            "{\"type\":7}",
            "{\"type\":\"nothing\"}",
            "{\"type\":\"subscribe_logs\"}",
            "{\"type\":\"subscribe_logs\",\"container\":null}",
            "{\"type\":\"subscribe_logs\",\"container\":\"web\",\"lines\":\"all\"}",
            "{\"type\":\"subscribe_logs\",\"container\":\"web\",\"lines\":-1}",
            "{\"type\":\"subscribe_logs\",\"container\":\"web\",\"lines\":1e999}",
            "{\"type\":\"subscribe_logs\",\"container\":\"/\"}",
            "{\"type\":\"subscribe_logs\",\"container\":\"a/b/c\"}",
            "{\"type\":\"hello\",\"features\":{}}",
            "{\"type\":\"ping\",\"id\":{\"deep\":[[[[]]]]}}",
            "{\"type\":\"ping\"} {\"type\":\"ping\"}",
            "[".repeat(5000),
            "{\"type\":\"" + "x".repeat(60_000) + "\"}");

    private RunningRelay relay;

    @BeforeEach
    void open() {
        relay = new RunningRelay();
        assertThat(new BusController(relay.vertx, "edge-1", running("web"))).isNotNull();
    }

    @AfterEach
    void close() {
        relay.close();
    }

    @Test
    void twoHundredMalformedFramesAreAnsweredAndAffectNoOtherClient() {
        Page honest = relay.page();
        Page hostile = relay.page();
        var chance = new Random(1);
        for (int i = 0; i < 200; i++) {
            String frame = FRAMES.get(i % FRAMES.size());
            hostile.send(i < 100 ? frame : shuffled(frame, chance));
        }
        hostile.settle("still served");
        assertThat(hostile.received("error").size()).isBetween(150, 200);
        assertThat(hostile.received("error"))
                .allMatch(error -> error.path("message").asText().contains(" "));

        honest.settle("and so is everybody else");
        assertThat(honest.received("error")).isEmpty();
        honest.expect("the list", message -> message.path("containers").size() == 1);
    }

    @Test
    void positionThatNoMessageGaveIsRefused() {
        Page page = relay.page();
        page.send("{\"type\":\"subscribe_logs\",\"container\":\"web\",\"after\":\"nonsense\"}");
        page.settle("refused");

        assertThat(page.received("error"))
                .singleElement()
                .satisfies(error -> assertThat(error.path("code").asText()).isEqualTo("bad_request"));
    }

    @Test
    void protocolViolationClosesOnlyItsConnection() {
        Page honest = relay.page();
        Page binary = relay.page();
        Soon.done(binary.socket().writeBinaryMessage(Buffer.buffer("{}")));
        assertThat(binary.awaitClose()).isEqualTo((short) 1003);

        Page large = relay.page();
        large.send("x".repeat(64 * 1024 + 1));
        assertThat(large.awaitClose()).isEqualTo((short) 1009);

        honest.settle("served");
    }

    @Test
    void handshakeFromAnotherOriginIsRefused() {
        assertRefused(new WebSocketConnectOptions().setURI("/").addHeader("Origin", "http://evil.example"));
        assertRefused(new WebSocketConnectOptions().setURI("/ws").addHeader("Origin", "null"));
        assertRefused(new WebSocketConnectOptions().setURI("/ws").addHeader("Host", "evil.example"));
    }

    private void assertRefused(WebSocketConnectOptions options) {
        options.setHost("127.0.0.1").setPort(relay.port());
        assertThatThrownBy(() -> Soon.get(relay.vertx.createWebSocketClient().connect(options)))
                .rootCause()
                .isInstanceOfSatisfying(
                        UpgradeRejectedException.class,
                        rejected -> assertThat(rejected.getStatus()).isEqualTo(403));
    }

    private static String shuffled(String frame, Random chance) {
        StringBuilder text = new StringBuilder(frame);
        for (int i = 0; i < Math.min(10, frame.length()); i++) {
            text.setCharAt(chance.nextInt(text.length()), (char) (32 + chance.nextInt(90)));
        }
        return text.toString();
    }
}
