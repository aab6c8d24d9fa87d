package io.dockrelay.relay;

import java.util.HashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What arrives from a page through a proxy that leaves out a part, and what the page can learn about it. */
class BehindProxyTest {

    private static final String PAGE = "https://dash.example.org";
    private static final String SESSION = "/api/session?origin=https%3A%2F%2Fdash.example.org";

    private final RunningRelay relay = new RunningRelay(new JsonObject()
            .put("allowedHosts", JsonArray.of("dash.example.org"))
            .put("trustNetwork", true));

    @AfterEach
    void close() {
        relay.close();
    }

    private record Received(int status, String body) {}

    private static final Received ACCEPTED = new Received(200, "{\"ok\":true,\"mode\":\"none\",\"signedIn\":false}");

    /** Sends a request as a proxy would. */
    private Received pass(String path, Map<String, String> headers) {
        return pass(relay, path, headers);
    }

    private static Received pass(RunningRelay relay, String path, Map<String, String> headers) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost("127.0.0.1")
                .setPort(relay.port())
                .setURI(path);
        headers.forEach(options::putHeader);
        HttpClient client = relay.vertx.createHttpClient();
        return Soon.get(client.request(options)
                // Inside, so that the body has its handler before its first bytes, whichever thread is slow.
                .compose(request -> request.send()
                        .compose(answer ->
                                answer.body().map(body -> new Received(answer.statusCode(), body.toString()))))
                // Vert.x shuts a client down when it becomes unreachable.
                .onComplete(either -> client.close()));
    }

    private static Map<String, String> handshake(String host, Map<String, String> further) {
        Map<String, String> headers = new HashMap<>(further);
        headers.put("Host", host);
        headers.put("Origin", PAGE);
        headers.put("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        headers.put("Sec-WebSocket-Version", "13");
        return headers;
    }

    @Test
    void pageLearnsThatItsHostIsNotPassed() throws Exception {
        var upgrade = Map.of("Upgrade", "websocket", "Connection", "upgrade");
        assertThat(pass("/ws", handshake("127.0.0.1:3000", upgrade)).status()).isEqualTo(403);

        JsonNode session = relay.get(SESSION).json();
        assertThat(session.path("ok").asBoolean()).isFalse();
        assertThat(session.path("refused").asText()).isEqualTo("origin");
        assertThat(session.path("reason").asText())
                .contains("Origin https://dash.example.org is not of host 127.0.0.1:" + relay.port())
                .contains("proxy_set_header Host $http_host")
                .contains("RELAY_ALLOWED_ORIGINS");
    }

    @Test
    void pageLearnsThatTheRelayWouldAcceptIt() {
        Received session = pass(SESSION, Map.of("Host", "dash.example.org"));

        assertThat(session).isEqualTo(ACCEPTED);
    }

    @Test
    void trustedProxyMayReportThePortThatItsHostLacks() {
        String session = "/api/session?origin=https%3A%2F%2Fdash.example.org%3A8443";
        var headers = Map.of("Host", "dash.example.org", "X-Forwarded-Port", "8443", "X-Forwarded-Proto", "https");
        assertThat(pass(session, headers).body())
                .contains("127.0.0.1 is not in trustedProxies (RELAY_TRUSTED_PROXIES)");

        RunningRelay trusting = new RunningRelay(new JsonObject()
                .put("allowedHosts", JsonArray.of("dash.example.org"))
                .put("trustNetwork", true)
                .put("trustedProxies", JsonArray.of("127.0.0.0/8")));
        try {
            assertThat(pass(trusting, session, headers)).isEqualTo(ACCEPTED);
            // As Traefik reports a handshake.
            var handshake = Map.of("Host", "dash.example.org:8443", "X-Forwarded-Proto", "wss");
            assertThat(pass(trusting, session, handshake)).isEqualTo(ACCEPTED);
            // Only the last value is the trusted proxy's own.
            var added = Map.of("Host", "relay", "X-Forwarded-Host", "dash.example.org:8443, evil.example");
            assertThat(pass(trusting, session, added).status()).isEqualTo(403);
        } finally {
            trusting.close();
        }
    }

    @Test
    void handshakeWithoutItsUpgradeNamesTheLines() {
        for (String path : new String[] {"/ws", "/"}) {
            Received refused = pass(path, handshake("dash.example.org", Map.of("Connection", "close")));

            assertThat(refused.status()).as(path).isEqualTo(426);
            assertThat(refused.body())
                    .contains("arrived without its Upgrade")
                    .contains("proxy_set_header Upgrade $http_upgrade");
        }
    }

    @Test
    void foreignHostNamesTheProxyAndTheSetting() {
        Received refused = pass("/", Map.of("Host", "backend"));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body())
                .contains("Host backend is not a name")
                .contains("proxy_set_header Host $http_host")
                .contains("RELAY_ALLOWED_HOSTS");
    }
}
