package io.dockrelay.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.e2e.harness.Await;
import io.dockrelay.e2e.harness.RawSocket;
import io.dockrelay.e2e.harness.SplitDeployment;
import io.dockrelay.e2e.harness.WireClient;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Bad input neither crashes the program nor affects other clients. */
@OnRealEngine
class HostileFramesTest {

    private static final int FRAMES = 200;

    private static TestEngine engine;
    private static SplitDeployment deployment;

    @BeforeAll
    static void open(TestEngine shared) {
        engine = shared;
        engine.run("web", "i=0; while :; do i=$((i+1)); echo line $i; sleep 0.1; done");
        deployment = SplitDeployment.open(shared);
    }

    @AfterAll
    static void close() {
        deployment.close();
    }

    @Test
    void eachMalformedMessageGetsAnErrorAndTheConnectionStaysOpen() {
        for (String url : List.of(deployment.controllerUrl(), deployment.relayUrl())) {
            try (WireClient client = WireClient.connect(url)) {
                List<String> frames = malformed();
                frames.forEach(client::send);

                Await.until(
                        "an error for each of " + frames.size() + " frames at " + url,
                        Await.DEFAULT,
                        () -> client.messages("error").size() >= frames.size());
                assertThat(client.messages("error")).hasSize(frames.size()).allSatisfy(error -> {
                    assertThat(error.path("message").asText()).isNotEmpty();
                    assertThat(error.path("code").asText())
                            .matches("malformed|unsupported_type|bad_request|no_such_container");
                });
                assertThat(client.isClosed()).isFalse();
                client.subscribe("web", 1);
                client.awaitType("new_logs");
            }
        }
    }

    @Test
    void randomBytesDoNotAffectOtherClients() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int port : List.of(deployment.wsPort(), deployment.port())) {
            try (WireClient other = deployment.browser("web")) {
                other.subscribe("web", 1);
                for (int i = 0; i < FRAMES; i++) {
                    try (var raw = new RawSocket(port)) {
                        if (i % 4 != 0) {
                            raw.upgrade();
                        }
                        byte[] noise = new byte[1 + random.nextInt(200)];
                        random.nextBytes(noise);
                        raw.send(noise);
                    }
                }
                int seen = other.mark();
                other.awaitAfter(seen, "lines continue, seed " + seed, Await.DEFAULT, WireClient.ofType("new_logs"));
            }
        }
        assertThat(deployment.controllerApi().answers("/health")).isTrue();
        assertThat(deployment.relayApi().answers("/api/health")).isTrue();
        try (WireClient fresh = deployment.controllerClient();
                WireClient browser = deployment.browser("web")) {
            assertThat(fresh.messages("initial_state")).hasSize(1);
            assertThat(browser.messages("container_update")).isNotEmpty();
        }
    }

    @Test
    void tooLargeAndBinaryFramesCloseTheConnectionWithTheirCodes() {
        for (String url : List.of(deployment.controllerUrl(), deployment.relayUrl())) {
            try (WireClient client = WireClient.connect(url)) {
                client.send("{\"type\":\"ping\",\"id\":\"" + "x".repeat(70_000) + "\"}");
                assertThat(client.awaitClose()).isEqualTo(1009);
            }
            try (WireClient client = WireClient.connect(url)) {
                client.sendBinary("{}".getBytes(UTF_8));
                assertThat(client.awaitClose()).isEqualTo(1003);
            }
        }
    }

    @Test
    void subscriptionOverTheLimitIsRefused() {
        for (String url : List.of(deployment.controllerUrl(), deployment.relayUrl())) {
            try (WireClient client = WireClient.connect(url)) {
                for (int i = 0; i < 257; i++) {
                    client.send(
                            "{\"type\":\"subscribe_logs\",\"container\":\"web\",\"lines\":0,\"sub\":\"" + i + "\"}");
                }
                client.await(
                        "a refusal at " + url,
                        message -> message.path("code").asText().equals("too_many_subscriptions") || client.isClosed());
                assertThat(deployment.relayApi().answers("/api/health")).isTrue();
            }
        }
    }

    /** Two hundred frames that each get an error and do not end the connection. */
    private static List<String> malformed() {
        List<String> kinds = List.of(
                "",
                "nonsense",
                "{",
                "[]",
                "null",
                "42",
                "\"text\"",
                "{}",
                "{\"type\":null}",
                "{\"type\":17}",
                "{\"type\":\"\"}",
                "{\"type\":\"no_such_type\"}",
                "{\"type\":\"subscribe_logs\"}",
                "{\"type\":\"subscribe_logs\",\"container\":null}",
                "{\"type\":\"subscribe_logs\",\"container\":{\"a\":1}}",
                "{\"type\":\"subscribe_logs\",\"container\":\"no-such-container\"}",
                "{\"type\":\"subscribe_logs\",\"container\":\"web\",\"lines\":\"100\"}",
                "{\"type\":\"subscribe_logs\",\"container\":\"web\",\"lines\":-1}",
                "{\"type\":\"subscribe_logs\",\"container\":\"web\",\"lines\":0.5}",
                "{\"type\":\"subscribe_logs\",\"container\":\"../../etc/passwd\"}",
                "{\"type\":\"subscribe_logs\",\"container\":\"\\u0000\"}",
                "{\"type\":\"unsubscribe_logs\"}",
                "{\"type\":\"unsubscribe_logs\",\"container\":[]}",
                "[".repeat(20_000),
                "{\"type\":\"subscribe_logs\",\"container\":\"" + "a".repeat(10_000) + "\"}");
        List<String> frames = new ArrayList<>();
        for (int i = 0; i < FRAMES; i++) {
            frames.add(kinds.get(i % kinds.size()));
        }
        return frames;
    }
}
