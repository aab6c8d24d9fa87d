package io.dockrelay.e2e;

import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.e2e.harness.RawSocket;
import io.dockrelay.e2e.harness.SplitDeployment;

import static org.assertj.core.api.Assertions.assertThat;

/** Web pages of other origins and requests for foreign host names are refused; programs are allowed. */
@OnRealEngine
class AccessTest {

    private static TestEngine engine;
    private static SplitDeployment deployment;

    @BeforeAll
    static void open(TestEngine shared) {
        engine = shared;
        engine.run("web", "echo secret; sleep 600");
        deployment = SplitDeployment.open(shared);
        deployment.browser("web").close();
    }

    @AfterAll
    static void close() {
        deployment.close();
    }

    @ParameterizedTest
    @CsvSource({
        "Host: evil.example",
        "Host: evil.example:3000",
        "Host: localhost.evil.example",
        "Host: 127.0.0.1.evil.example",
        "Host: ''",
        "X-No-Host: 1"
    })
    void foreignHostNameIsRefusedOnEveryPort(String host) {
        for (int port : ports()) {
            for (String path : List.of("/", "/health", "/api/health", "/containers", "/container/web/logs", "/ws")) {
                assertThat(RawSocket.status(port, "GET " + path + " HTTP/1.1", host))
                        .as("%s with %s at %d", path, host, port)
                        .isIn(403, 400);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://evil.example",
        "null",
        "https://localhost.evil.example",
        "http://192.168.0.9:3000",
        "http://localhost:9999",
        "https://localhost"
    })
    void pageOfAnotherOriginCannotReadRestartOrOpenASocket(String origin) {
        String started = engine.docker("inspect", "--format", "{{.State.StartedAt}}", "web");
        String[] page = {"Host: localhost:3000", "Origin: " + origin, "Content-Length: 0"};

        for (int port : ports()) {
            assertThat(RawSocket.status(port, "GET /api/container/web/logs HTTP/1.1", page))
                    .isEqualTo(403);
            assertThat(RawSocket.status(port, "GET /container/web/logs HTTP/1.1", page))
                    .isEqualTo(403);
            assertThat(RawSocket.status(port, "POST /api/container/web/restart HTTP/1.1", page))
                    .isEqualTo(403);
            assertThat(RawSocket.status(port, "POST /container/web/restart HTTP/1.1", page))
                    .isEqualTo(403);
            assertThat(handshake(port, "Host: localhost:3000", "Origin: " + origin))
                    .isEqualTo(403);
        }
        assertThat(engine.docker("inspect", "--format", "{{.State.StartedAt}}", "web"))
                .isEqualTo(started);
    }

    @Test
    void refusalNamesTheSetting() {
        assertThat(deployment
                        .relayApi()
                        .get("/api/health", "Origin", "http://evil.example")
                        .text())
                .contains("RELAY_ALLOWED_ORIGINS");
        assertThat(deployment
                        .controllerApi()
                        .get("/health", "Origin", "http://evil.example")
                        .text())
                .contains("CONTROLLER_ALLOWED_ORIGINS");
        try (var raw = new RawSocket(deployment.port())) {
            raw.send("GET /api/health HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
            assertThat(raw.readAll()).contains("RELAY_ALLOWED_HOSTS");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Host: localhost, ''",
        "Host: LOCALHOST:9999, ''",
        "Host: 127.0.0.1, ''",
        "Host: [::1]:3000, ''",
        "Host: localhost:3000, Origin: http://localhost:3000",
        "Host: localhost, Origin: http://localhost",
        "Host: localhost, Origin: https://localhost"
    })
    void programsAndTheOwnPageAreAllowed(String host, String origin) {
        String[] headers = origin.isEmpty() ? new String[] {host} : new String[] {host, origin};
        assertThat(RawSocket.status(deployment.port(), "GET /api/health HTTP/1.1", headers))
                .isEqualTo(200);
        assertThat(RawSocket.status(deployment.apiPort(), "GET /health HTTP/1.1", headers))
                .isEqualTo(200);
        assertThat(handshake(deployment.port(), headers)).isEqualTo(101);
        assertThat(handshake(deployment.wsPort(), headers)).isEqualTo(101);
    }

    /** Nothing but a proxy or a forwarded port brings such a request to loopback. */
    @Test
    void hostThatIsNotOfLoopbackIsRefusedWithoutSignInAndToken() {
        String[] headers = {"Host: 10.1.2.3:3000"};
        assertThat(RawSocket.status(deployment.port(), "GET /api/health HTTP/1.1", headers))
                .isEqualTo(200);
        assertThat(RawSocket.status(deployment.port(), "GET /api/data HTTP/1.1", headers))
                .isEqualTo(403);
        assertThat(handshake(deployment.port(), headers)).isEqualTo(403);
        assertThat(RawSocket.status(deployment.apiPort(), "GET /health HTTP/1.1", headers))
                .isEqualTo(200);
        assertThat(RawSocket.status(deployment.apiPort(), "GET /containers HTTP/1.1", headers))
                .isEqualTo(403);
        assertThat(handshake(deployment.wsPort(), headers)).isEqualTo(403);
    }

    private static List<Integer> ports() {
        return List.of(deployment.port(), deployment.apiPort(), deployment.wsPort());
    }

    private static int handshake(int port, String... headers) {
        String[] all = java.util.stream.Stream.concat(
                        java.util.Arrays.stream(headers),
                        java.util.stream.Stream.of(
                                "Upgrade: websocket",
                                "Connection: Upgrade",
                                "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
                                "Sec-WebSocket-Version: 13"))
                .toArray(String[]::new);
        return RawSocket.status(port, "GET /ws HTTP/1.1", all);
    }
}
