package io.dockrelay.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.dockrelay.e2e.harness.Checkout;
import io.dockrelay.e2e.harness.Program;
import io.dockrelay.e2e.harness.WireClient;
import io.dockrelay.listener.testing.TestAuthority;
import io.dockrelay.relay.RelayVerticle;

import static org.assertj.core.api.Assertions.assertThat;

/** A controller with TLS, a token and client certificates, and relays that have all of it or not. It needs no engine. */
@Tag("engine") // It needs no engine, but the packaged program.
class SeveralHostsTest {

    private static final String TOKEN = "the-token-of-this-controller";
    private static final Duration STARTS = Duration.ofSeconds(30);

    @TempDir
    private static Path folder;

    private static int apiPort;
    private static int wsPort;
    private static Program controller;
    private static Map<String, String> files;
    private static TestAuthority.Issued server;
    private static TestAuthority authority;

    @BeforeAll
    static void start() throws Exception {
        apiPort = Checkout.freePort();
        wsPort = Checkout.freePort();
        authority = TestAuthority.in(folder, "ca");
        TestAuthority other = TestAuthority.in(folder, "other-ca");
        server = authority.issue("server", "DNS:localhost", 2);
        files = new HashMap<>();
        files.put("ca", authority.ca().toString());
        files.put("other ca", other.ca().toString());
        put("relay", authority.issue("relay"));
        put("other", other.issue("other"));
        put("expired", authority.issue("expired", "DNS:localhost", -1));
        Map<String, String> environment = new HashMap<>();
        environment.put("CONTROLLER_ID", "edge-1");
        environment.put("CONTROLLER_API_PORT", Integer.toString(apiPort));
        environment.put("CONTROLLER_WS_PORT", Integer.toString(wsPort));
        environment.put("CONTROLLER_BIND", "0.0.0.0");
        environment.put("CONTROLLER_TOKEN", TOKEN);
        environment.put("CONTROLLER_TLS_CERT", server.cert().toString());
        environment.put("CONTROLLER_TLS_KEY", server.key().toString());
        environment.put("CONTROLLER_TLS_CLIENT_CA", files.get("ca"));
        environment.put("DOCKER_HOST", "unix:///nowhere/docker.sock");
        controller = Program.start("controller", environment);
        controller.awaitLine("listening on wss://", STARTS);
    }

    @AfterAll
    static void stop() {
        controller.close();
        assertThat(controller.wholeOutput()).doesNotContain(TOKEN).doesNotContain("PRIVATE KEY");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "localhost, the-token-of-this-controller, ca, relay, none",
                "localhost, none, ca, relay, accept this relay: This controller needs its token",
                "localhost, the-token-of-another-controller, ca, relay, accept this relay: This is not the token",
                "localhost, the-token-of-this-controller, ca, none, accept this relay: This controller needs a certificate",
                "localhost, the-token-of-this-controller, none, relay, RELAY_CONTROLLER_CA",
                "localhost, the-token-of-this-controller, other ca, relay, RELAY_CONTROLLER_CA",
                "localhost, the-token-of-this-controller, ca, other, accept this relay: This controller needs a certificate",
                "localhost, the-token-of-this-controller, ca, expired, check that controllerCert (RELAY_CONTROLLER_CERT) is valid",
                "127.0.0.1, the-token-of-this-controller, ca, relay, certificate is of another host name",
                "plain, the-token-of-this-controller, none, none, write wss:// in place of ws://"
            })
    void relaySaysWhatIsMissing(String host, String token, String ca, String own, String problem) {
        var config = new JsonObject()
                .put("port", 0)
                .put(
                        "controllerWs",
                        JsonArray.of(
                                host.equals("plain") ? "ws://localhost:" + wsPort : "wss://" + host + ":" + wsPort))
                .put(
                        "controllerApi",
                        JsonArray.of(
                                host.equals("plain")
                                        ? "http://localhost:" + apiPort
                                        : "https://" + host + ":" + apiPort))
                .put("controllerToken", token == null ? "" : token)
                .put("controllerCa", ca == null ? "" : files.get(ca))
                .put("controllerCert", own == null ? "" : files.get(own))
                .put("controllerKey", own == null ? "" : files.get(own + " key"))
                .put("environment", new JsonObject());
        var relay = new RelayVerticle();
        Vertx vertx = Vertx.vertx();
        try {
            await(vertx.deployVerticle(relay, new DeploymentOptions().setConfig(config)));
            try (WireClient browser = WireClient.connect("ws://127.0.0.1:" + relay.port() + "/ws")) {
                browser.await(
                        "the state of the connection",
                        message -> problem == null
                                ? link(message).path("state").asText().equals("connected")
                                : link(message).path("message").asText().contains(problem));
                assertThat(browser.messages())
                        .noneMatch(message -> message.toString().contains(TOKEN));
            }
        } finally {
            await(vertx.close());
        }
    }

    @Test
    void wrongTokenIsReportedOnceAndTriedAgainWithGrowingDelays() {
        Map<String, String> environment = relay("localhost", Checkout.freePort());
        environment.put("CONTROLLER_TOKEN", "the-token-of-another-controller");
        environment.put("RELAY_CONTROLLER_CA", files.get("ca"));
        environment.put("RELAY_CONTROLLER_CERT", files.get("relay"));
        environment.put("RELAY_CONTROLLER_KEY", files.get("relay key"));
        try (Program relay = Program.start("relay", environment)) {
            relay.awaitLine("connecting to wss://.*attempt 3", STARTS);
            assertThat(relay.lines("WARN.*not connected.*This is not the token"))
                    .hasSize(1);
            assertThat(relay.lines("connecting to wss://").size()).isLessThan(5);
            assertThat(relay.output()).noneMatch(line -> line.contains("the-token-of-another"));
        }
    }

    @Test
    void certificatesAreReplacedWhileTheRelayStaysConnected() throws Exception {
        Map<String, String> environment = relay("localhost", Checkout.freePort());
        environment.put("CONTROLLER_TOKEN", TOKEN);
        environment.put("RELAY_CONTROLLER_CA", files.get("ca"));
        environment.put("RELAY_CONTROLLER_CERT", files.get("relay"));
        environment.put("RELAY_CONTROLLER_KEY", files.get("relay key"));
        try (Program relay = Program.start("relay", environment)) {
            relay.awaitLine("connected to wss://", STARTS);

            Files.writeString(server.key(), "half of a new file");
            controller.awaitLine("\\[tls] the files before stay in use", STARTS);
            authority.issue("renewed", "DNS:localhost", 2).replace(server);
            controller.awaitLine("\\[tls] the files have changed", STARTS);

            try (Program second = Program.start("relay", relayLike(environment))) {
                second.awaitLine("connected to wss://", STARTS);
            }
            assertThat(relay.lines("lost")).isEmpty();
        }
    }

    @Test
    void healthIsOpenAndItsCommandSpeaksTls() {
        String url = "https://127.0.0.1:" + apiPort + "/health";
        try (Program health =
                Program.start("health", Map.of(), List.of("-jar", Checkout.jar().toString(), "health", url))) {
            assertThat(health.awaitExit(STARTS)).isZero();
        }
    }

    @Test
    void tokenIsNotSentInPlainTextWithoutAWarning() {
        Map<String, String> environment = relay("localhost", Checkout.freePort());
        environment.put("CONTROLLER_TOKEN", TOKEN);
        environment.put("CONTROLLER_WS", "ws://192.0.2.7:8090");
        environment.put("CONTROLLER_API", "http://192.0.2.7:8089");
        try (Program relay = Program.start("relay", environment)) {
            relay.awaitLine("WARN.*the token is sent to ws://192.0.2.7:8090/? without TLS", STARTS);
        }
    }

    @Test
    void controllerForOtherMachinesDoesNotStartWithoutAnything() {
        Map<String, String> environment = new HashMap<>(Map.of("CONTROLLER_BIND", "0.0.0.0"));
        try (Program open = Program.start("controller", environment)) {
            assertThat(open.awaitExit(STARTS)).isEqualTo(1);
            assertThat(open.wholeOutput())
                    .contains("CONTROLLER_TOKEN", "CONTROLLER_TLS_CLIENT_CA", "CONTROLLER_TRUST_NETWORK");
        }
        environment.put("CONTROLLER_TRUST_NETWORK", "true");
        environment.put("CONTROLLER_API_PORT", "0");
        environment.put("CONTROLLER_WS_PORT", "0");
        environment.put("DOCKER_HOST", "unix:///nowhere/docker.sock");
        try (Program trusting = Program.start("controller", environment)) {
            trusting.awaitLine("WARN.*trustNetwork \\(CONTROLLER_TRUST_NETWORK\\)", STARTS);
        }
    }

    private static Map<String, String> relay(String host, int port) {
        Map<String, String> environment = new HashMap<>();
        environment.put("PORT", Integer.toString(port));
        environment.put("CONTROLLER_WS", "wss://" + host + ":" + wsPort);
        environment.put("CONTROLLER_API", "https://" + host + ":" + apiPort);
        return environment;
    }

    private static Map<String, String> relayLike(Map<String, String> first) {
        Map<String, String> second = new HashMap<>(first);
        second.put("PORT", Integer.toString(Checkout.freePort()));
        return second;
    }

    private static JsonNode link(JsonNode message) {
        return message.path("controllers").isArray() ? message.at("/controllers/0") : message;
    }

    private static void put(String name, TestAuthority.Issued issued) {
        files.put(name, issued.cert().toString());
        files.put(name + " key", issued.key().toString());
    }

    private static void await(Future<?> future) {
        Object unused = future.toCompletionStage().toCompletableFuture().join();
    }
}
