package io.dockrelay.listener;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.net.NetServer;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.dockrelay.protocol.search.LineLevel;
import io.dockrelay.protocol.search.SearchBounds;
import io.dockrelay.protocol.search.SearchFilter;
import io.dockrelay.protocol.search.SearchParameters;
import io.dockrelay.protocol.search.SearchPosition;
import io.dockrelay.protocol.search.SearchQuery;
import io.dockrelay.protocol.search.SearchScope;
import io.dockrelay.protocol.search.SearchTerm;

import static io.dockrelay.listener.ListenerFixture.get;
import static io.dockrelay.listener.Waiting.get;
import static io.dockrelay.listener.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@ExtendWith(VertxExtension.class)
class HttpListenerTest {

    private static final String HANDSHAKE = """
            GET /ws HTTP/1.1\r
            Host: localhost\r
            Connection: Upgrade\r
            Upgrade: websocket\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            \r
            """;

    private final ListenerFixture fixture = new ListenerFixture(2);
    private Vertx vertx;
    private String deployment;

    @BeforeEach
    void open(Vertx vertx) throws Exception {
        this.vertx = vertx;
        deployment = get(vertx.deployVerticle(fixture));
    }

    @Test
    void everyRequestPassesTheAccessCheck() throws Exception {
        assertThat(fixture.raw(vertx, get("/hello/you", "Host: localhost"))).contains("200 OK", "hello you");
        assertThat(fixture.raw(vertx, get("/hello/you", "Host: evil.example")))
                .contains("403 Forbidden", "\"error\":\"Host evil.example is not", "allowedHosts (HOSTS)");
        assertThat(fixture.raw(vertx, get("/hello/you", "Host: localhost", "Origin: http://evil.example")))
                .contains("403 Forbidden", "allowedOrigins (ORIGINS)");
        assertThat(fixture.raw(vertx, get("http://evil.example/hello/you", "Host: localhost")))
                .contains("400 Bad Request");
        assertThat(fixture.raw(vertx, get("/hello/you"))).contains("400 Bad Request");
        assertThat(fixture.raw(vertx, get("/hello/you", "Host: localhost", "Host: relay")))
                .contains("400 Bad Request");
        assertThat(fixture.raw(vertx, "GET /hello/you HTTP/1.0\r\n\r\n")).contains("400 Bad Request");
        assertThat(fixture.raw(vertx, "GET /hello/you HTTP/1.0\r\nHost: relay\r\n\r\n"))
                .contains("200 OK");
    }

    @Test
    void refusedHandshakeGetsStatusAndReason() throws Exception {
        String upgrade = "Upgrade: websocket";
        String key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
        assertThat(fixture.raw(
                        vertx,
                        get("/ws", "Host: localhost", "Origin: https://evil.example", upgrade, key)
                                .replace("Connection: close", "Connection: close, Upgrade")))
                .contains("403 Forbidden", "Origin https://evil.example is not of host localhost");
        assertThatThrownBy(() -> get(fixture.webSockets(vertx)
                        .connect(fixture.toSocket("/ws").addHeader("Origin", "http://evil.example"))))
                .hasCauseInstanceOf(UpgradeRejectedException.class)
                .hasMessageContaining("403");
        assertThatThrownBy(() -> get(fixture.webSockets(vertx).connect(fixture.toSocket("/elsewhere"))))
                .hasMessageContaining("404");
        WebSocket own = get(fixture.webSockets(vertx)
                .connect(fixture.toSocket("/").addHeader("Origin", "http://127.0.0.1:" + fixture.port)));
        get(own.close());
    }

    @Test
    void messagesArriveAndTheCloseIsReported() throws Exception {
        WebSocket client = fixture.connect(vertx);
        get(client.writeTextMessage("{\"type\":\"ping\"}"));
        assertThat(fixture.next(fixture.received)).isEqualTo("{\"type\":\"ping\"}");
        get(client.close());
        assertThat(fixture.next(fixture.closed)).isEqualTo("closed");
    }

    @Test
    void messageOverTheLimitClosesTheSocketWith1009() throws Exception {
        assertThat(List.of(MessageAssembly.LARGEST + 1, 100_000, 5_000_000))
                .allSatisfy(size -> assertThat(fixture.closeCode(
                                vertx, socket -> send(socket, text("x".repeat(size), true))))
                        .isEqualTo(1009));
        assertThat(fixture.closeCode(vertx, socket -> {
                    send(socket, text("x".repeat(MessageAssembly.LARGEST), false));
                    send(socket, WebSocketFrame.continuationFrame(Buffer.buffer("x"), false));
                }))
                .isEqualTo(1009);
        assertThat(fixture.received).isEmpty();
    }

    @Test
    void protocolViolationsCloseTheSocketWithTheirCodes() throws Exception {
        assertThat(fixture.closeCode(
                        vertx, socket -> send(socket, WebSocketFrame.binaryFrame(Buffer.buffer("{}"), true))))
                .isEqualTo(1003);
        assertThat(fixture.closeCode(vertx, socket -> {
                    send(socket, text("", false));
                    send(socket, WebSocketFrame.continuationFrame(Buffer.buffer(new byte[] {(byte) 0xC3}), true));
                }))
                .isEqualTo(1007);
        assertThat(fixture.raw(vertx, HANDSHAKE, "\u0081\u0001x")).contains("not those of a WebSocket");
    }

    @Test
    void invalidHandshakeIsRefused() throws Exception {
        assertThat(fixture.raw(vertx, get("/ws", "Host: localhost", "Upgrade: websocket")))
                .contains("404 Not Found");
        assertThat(fixture.raw(vertx, HANDSHAKE.replace("Version: 13", "Version: 7")))
                .contains("426 ");
        assertThat(fixture.raw(vertx, HANDSHAKE.replace("-Key", "-Kex"))).contains("400 Bad Request");
    }

    @Test
    void connectionOverTheLimitIsClosedWith1013UntilAnotherEnds() throws Exception {
        WebSocket first = fixture.connect(vertx);
        WebSocket second = fixture.connect(vertx);
        assertThat(fixture.next(fixture.clients)).isNotSameAs(fixture.next(fixture.clients));

        assertThat(fixture.closeCode(vertx, socket -> {})).isEqualTo(1013);
        get(first.close());
        assertThat(fixture.next(fixture.closed)).isEqualTo("closed");
        WebSocket third = fixture.connect(vertx);
        assertThat(fixture.next(fixture.clients).isClosed()).isFalse();
        until(Future.all(second.close(), third.close()));
    }

    @Test
    void closedConnectionsNoLongerCountAgainstTheLimit() throws Exception {
        for (int i = 0; i < 300; i++) {
            WebSocket socket = fixture.connect(vertx);
            assertThat(fixture.next(fixture.clients)).isNotNull();
            get(socket.close());
            assertThat(fixture.next(fixture.closed)).isEqualTo("closed");
        }
    }

    @Test
    void stopClosesTheSocketsWith1001() throws Exception {
        assertThat(fixture.closeCode(vertx, socket -> vertx.undeploy(deployment).onFailure(broken -> {})))
                .isEqualTo(1001);
        assertThatThrownBy(() -> fixture.connect(vertx)).isInstanceOf(ExecutionException.class);
    }

    @Test
    void errorsAreJsonWithAMatchingStatus() throws Exception {
        assertThat(fixture.answerTo(vertx, HttpMethod.GET, "/nothing")).startsWith("404 {\"error\":\"There is nothing");
        assertThat(fixture.answerTo(vertx, HttpMethod.POST, "/hello/you")).startsWith("405 {\"error\":\"POST is not");
        assertThat(fixture.answerTo(vertx, HttpMethod.GET, "/broken")).startsWith("500 {\"error\":\"Something went");
        assertThat(fixture.answerTo(vertx, HttpMethod.GET, "/busy"))
                .isEqualTo("504 {\"error\":\"Others wait before it.\",\"kind\":\"busy\"}");
        assertThat(fixture.answerTo(vertx, HttpMethod.GET, "/hello/%zz")).startsWith("400 {\"error\":\"");
        assertThat(fixture.raw(vertx, get("/hello/" + "x".repeat(33_000), "Host: localhost")))
                .contains("414", "\"error\"", "32768 bytes");
        assertThat(fixture.raw(vertx, get("/hello/you", "Host: localhost", "X: " + "x".repeat(20_000))))
                .contains("431", "\"error\"");
        assertThat(fixture.raw(vertx, "hello?\r\n\r\n")).contains("400", "\"error\"");
    }

    @Test
    void longestSearchFitsIntoARequestLine() throws Exception {
        List<SearchTerm> terms = Collections.nCopies(16, new SearchTerm("語".repeat(85), true, true));
        List<String> containers = Collections.nCopies(SearchScope.MAX_CONTAINERS, "x".repeat(100));
        String cursor = "c".repeat(200);
        var query = new SearchQuery(
                new SearchFilter(terms, true, List.of(LineLevel.values()), false, "stderr"),
                new SearchBounds(null, null, new SearchPosition(null, cursor), new SearchPosition(null, cursor)),
                true,
                1_000,
                false);
        String longest = SearchParameters.write(new SearchScope(containers, null), query);

        assertThat(longest).hasSizeGreaterThan(20_000);
        assertThat(fixture.raw(vertx, get("/hello/you?" + longest, "Host: localhost")))
                .contains("200 OK");
    }

    @Test
    void answersHaveSecurityHeaders() throws Exception {
        assertThat(fixture.raw(vertx, get("/hello/you", "Host: localhost")))
                .containsIgnoringCase("content-security-policy: default-src 'self'")
                .containsIgnoringCase("x-content-type-options: nosniff")
                .containsIgnoringCase("cross-origin-resource-policy: same-origin");
    }

    /** Browsers ignore it elsewhere, with a warning in the console of each page. */
    @Test
    void openersAreCutOffWhereThePageIsTrustworthy() throws Exception {
        String header = "cross-origin-opener-policy: same-origin";

        assertThat(fixture.raw(vertx, get("/hello/you", "Host: relay"))).containsIgnoringCase(header);
        ListenerFixture reachable = new ListenerFixture(10);
        reachable.host = "0.0.0.0";
        String deployment = get(vertx.deployVerticle(reachable));
        assertThat(reachable.raw(vertx, get("/hello/you", "Host: relay")))
                .contains("200 OK")
                .doesNotContainIgnoringCase(header);
        assertThat(reachable.raw(vertx, get("/hello/you", "Host: localhost"))).containsIgnoringCase(header);
        assertThat(reachable.raw(vertx, get("/hello/you", "Host: relay", "X-Forwarded-Proto: https")))
                .containsIgnoringCase(header);
        get(vertx.undeploy(deployment));
    }

    @Test
    void answersAndFramesAreNotCompressed() throws Exception {
        assertThat(fixture.raw(vertx, get("/hello/you", "Host: localhost", "Accept-Encoding: gzip")))
                .doesNotContainIgnoringCase("content-encoding");
        WebSocket client = fixture.connect(vertx);
        assertThat(client.headers().get("Sec-WebSocket-Extensions")).isNull();
    }

    @Test
    void portInUseIsReportedWithItsSetting() throws Exception {
        NetServer other =
                get(vertx.createNetServer().connectHandler(socket -> {}).listen(0, "127.0.0.1"));
        HttpListener second = new HttpListener(
                vertx, ListenerFixture.address(other.actualPort()), ListenerFixture.DOOR, fixture.limits);

        assertThatThrownBy(() -> get(second.open()))
                .hasCauseInstanceOf(ListenException.class)
                .hasMessageContaining("Port " + other.actualPort()
                        + " on 127.0.0.1 is taken by another program: set port (PORT) to a free one.");
        get(second.close());
    }

    private static WebSocketFrame text(String text, boolean last) {
        return WebSocketFrame.textFrame(text, last);
    }

    private static void send(WebSocket socket, WebSocketFrame frame) {
        // The server may close the socket before this is written, as the test expects.
        socket.writeFrame(frame).onFailure(closed -> {});
    }
}
