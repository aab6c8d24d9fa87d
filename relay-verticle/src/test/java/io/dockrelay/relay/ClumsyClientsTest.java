package io.dockrelay.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Requests that real clients send, and that are not quite right. */
class ClumsyClientsTest {

    private final RunningRelay relay = new RunningRelay(new JsonObject().put("pathPrefix", "/tools"));

    @AfterEach
    void close() {
        relay.close();
    }

    @Test
    void plusOfATimeThatIsNotEncodedIsUnderstood() throws Exception {
        assertThat(relay.get("/api/changes?since=2026-11-29T10:00:00+01:00").status())
                .isEqualTo(200);
        assertThat(relay.get("/api/changes?since=yesterday").body()).contains("is an RFC 3339 time");
    }

    /** As HAProxy's {@code option httpchk} sends it: OPTIONS unless a method is named. */
    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS"})
    void loadBalancerWithoutAHostHeaderGetsTheHealth(String method) throws IOException {
        assertThat(raw(method + " /api/health HTTP/1.0")).startsWith("HTTP/1.0 200");
        assertThat(raw(method + " /tools/api/health HTTP/1.0")).startsWith("HTTP/1.0 200");
    }

    @Test
    void everythingElseNeedsAHostHeader() throws IOException {
        assertThat(raw("GET /api/data HTTP/1.0")).startsWith("HTTP/1.0 400");
        assertThat(raw("GET /api/health HTTP/1.1")).startsWith("HTTP/1.1 400");
        assertThat(raw("POST /api/health HTTP/1.0")).startsWith("HTTP/1.0 400");
        assertThat(raw("GET /api/health HTTP/1.0\r\nOrigin: http://evil.example"))
                .startsWith("HTTP/1.0 400");
    }

    private String raw(String head) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), relay.port())) {
            String request = head + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
