package io.dockrelay.relay.signin;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.dockrelay.relay.RunningRelay;
import io.dockrelay.relay.Soon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Without sign-in a relay on loopback serves this machine, and nothing that a proxy on it passes on. */
class NoSignInTest {

    private static RunningRelay relay;

    @BeforeAll
    static void open() {
        relay = new RunningRelay(new JsonObject().put("allowedHosts", JsonArray.of("dash.example.org")));
    }

    @AfterAll
    static void close() {
        relay.close();
    }

    @Test
    void clientOfThisMachineHasAllRights() throws Exception {
        assertThat(relay.get("/api/data").status()).isEqualTo(200);
        assertThat(relay.page().awaitType("container_update")).isNotNull();
        assertThat(relay.get("/api/session").body()).isEqualTo("{\"ok\":true,\"mode\":\"none\",\"signedIn\":false}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-For",
                "x-forwarded-host",
                "X-Forwarded-Proto",
                "X_Forwarded_For",
                "Forwarded",
                "Via",
                "X-Real-IP",
                "CF-Connecting-IP"
            })
    void requestThroughAProxyOfThisMachineIsRefused(String header) {
        assertRefused(header, "127.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({"dash.example.org", "192.168.1.20:3000"})
    void requestForAnotherNameOfThisMachineIsRefused(String host) {
        assertRefused("Host", host);
    }

    private static void assertRefused(String header, String value) {
        for (String path : new String[] {"/api/data", "/api/session", "/api/container/web/logs", "/%61pi/data"}) {
            assertThat(answer(path, header, value))
                    .as(path)
                    .startsWith("403 ")
                    .contains("signIn (RELAY_SIGN_IN)", "trustNetwork (RELAY_TRUST_NETWORK)");
        }
        assertThatThrownBy(() -> relay.page("/ws", header, value))
                .hasRootCauseMessage("WebSocket upgrade failure: 403");
        assertThat(answer("/api/health", header, value)).startsWith("200 ").doesNotContain("controllers");
        assertThat(answer("/", header, value))
                .as("the page, which shows the reason")
                .doesNotStartWith("403");
    }

    /** The default of nginx, which passes on neither its client's Host nor another trace. */
    @Test
    void requestInHttp10IsRefused() throws Exception {
        assertThat(inHttp10("/api/data")).contains(" 403 ").contains("HTTP/1.0 shows that");
        assertThat(inHttp10("/api/health")).contains(" 200 ").doesNotContain("controllers");
    }

    private static String inHttp10(String path) throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), relay.port())) {
            String head = "GET " + path + " HTTP/1.0\r\nHost: 127.0.0.1:" + relay.port() + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    /** Status and body. The JDK's client does not send another Host. */
    private static String answer(String path, String header, String value) {
        HttpClient client = relay.vertx.createHttpClient();
        return Soon.get(client.request(HttpMethod.GET, relay.port(), "127.0.0.1", path)
                // Inside, so that the body has its handler before its first bytes, whichever thread is slow.
                .compose(request -> request.putHeader(header, value)
                        .send()
                        .compose(answer -> answer.body().map(body -> answer.statusCode() + " " + body)))
                .onComplete(either -> client.close()));
    }

    @Test
    void trustedNetworkMayUseAProxy() throws Exception {
        try (var trusting = new RunningRelay(new JsonObject().put("trustNetwork", true))) {
            assertThat(trusting.get("/api/data", "X-Forwarded-For", "10.0.0.9").status())
                    .isEqualTo(200);
        }
        try (var published =
                new RunningRelay(new JsonObject().put("bind", "0.0.0.0").put("trustNetwork", "published"))) {
            assertThat(published.get("/api/data").status()).isEqualTo(200);
            assertThat(published.get("/api/data", "X-Forwarded-For", "10.0.0.9").status())
                    .isEqualTo(403);
        }
    }

    @Test
    void openAddressWithoutSignInIsRefusedAtTheStart() {
        assertThatThrownBy(() -> new RunningRelay(new JsonObject().put("bind", "0.0.0.0")))
                .rootCause()
                .hasMessageContaining("signIn (RELAY_SIGN_IN) is [\"none\"]")
                .hasMessageContaining("bind (RELAY_BIND) is 0.0.0.0")
                .hasMessageContaining("trustNetwork (RELAY_TRUST_NETWORK)");
        assertThatThrownBy(() -> new RunningRelay(new JsonObject()
                        .put("bind", "0.0.0.0")
                        .put("trustNetwork", "published")
                        .put("publishedOn", "0.0.0.0")))
                .rootCause()
                .hasMessageContaining("publishedOn (RELAY_PUBLISHED_ON)")
                .hasMessageContaining("signIn (RELAY_SIGN_IN)");
    }
}
