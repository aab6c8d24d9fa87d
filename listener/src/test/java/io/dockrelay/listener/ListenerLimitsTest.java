package io.dockrelay.listener;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.dockrelay.settings.ClientLimits;
import io.dockrelay.settings.Limits;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

/** The limits of client addresses, at a port. */
@ExtendWith(VertxExtension.class)
class ListenerLimitsTest {

    private final ListenerFixture server =
            new ListenerFixture(new Limits(100, 10, 10, new ClientLimits(2, 3, 100, 5, 100, 1000)));

    @BeforeEach
    void open(Vertx vertx) throws Exception {
        Waiting.until(vertx.deployVerticle(server, new DeploymentOptions()));
    }

    @Test
    void connectionOverTheLimitOfItsAddressIsClosedWith1013(Vertx vertx) throws Exception {
        WebSocket first = server.connect(vertx);
        List<WebSocket> open = new ArrayList<>(List.of(first, server.connect(vertx)));

        assertThat(server.closeCode(vertx, socket -> {})).isEqualTo(1013);

        Waiting.get(first.close());
        assertThat(server.next(server.closed)).isEqualTo("closed");
        open.add(server.connect(vertx));
        assertThat(open.getLast().isClosed()).isFalse();
    }

    /** They stay for some seconds if the client does not answer the close frame. */
    @Test
    void refusedWebSocketsCountUntilTheyHaveClosed() throws Exception {
        List<Socket> open = new ArrayList<>();
        try {
            String answer = "HTTP/1.1 101";
            while (open.size() < 600 && answer.startsWith("HTTP/1.1 101")) {
                open.add(new Socket(InetAddress.getLoopbackAddress(), server.port));
                answer = handshake(open.getLast());
            }
            assertThat(answer).isEmpty();
            assertThat(open).hasSizeGreaterThan(2 + 64);
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    /** Returns the beginning of the answer; empty if the server has closed the connection. */
    private static String handshake(Socket socket) throws IOException {
        socket.setSoTimeout(10_000);
        try {
            socket.getOutputStream()
                    .write(("GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                    + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n")
                            .getBytes(US_ASCII));
            return new String(socket.getInputStream().readNBytes(12), US_ASCII);
        } catch (SocketException reset) {
            return "";
        }
    }

    @Test
    void messagesOverTheRateCloseTheConnectionWith4006(Vertx vertx) throws Exception {
        int code = server.closeCode(vertx, socket -> {
            for (int i = 0; i < 200; i++) {
                socket.writeTextMessage("{}").onFailure(closed -> {});
            }
        });

        assertThat(code).isEqualTo(4006);
        // The rate is five per second: a busy machine may need some seconds for all 200.
        assertThat(server.received).hasSizeBetween(50, 100);
    }

    @Test
    void fragmentsAndPingsCountAsMessages(Vertx vertx) throws Exception {
        assertThat(server.closeCode(vertx, socket -> {
                    socket.writeFrame(WebSocketFrame.textFrame("{", false)).onFailure(closed -> {});
                    for (int i = 0; i < 200; i++) {
                        socket.writeFrame(WebSocketFrame.continuationFrame(Buffer.buffer("x"), false))
                                .onFailure(closed -> {});
                    }
                }))
                .isEqualTo(4006);
        assertThat(server.closeCode(vertx, socket -> {
                    for (int i = 0; i < 200; i++) {
                        socket.writePing(Buffer.buffer("x")).onFailure(closed -> {});
                    }
                }))
                .isEqualTo(4006);
    }

    @Test
    void subscriptionsOfAllConnectionsOfAnAddressCount(Vertx vertx) throws Exception {
        List<WebSocket> open = new ArrayList<>(List.of(server.connect(vertx)));
        ClientSocket first = server.next(server.clients);
        open.add(server.connect(vertx));
        ClientSocket second = server.next(server.clients);
        assertThat(open).noneMatch(WebSocket::isClosed);

        server.onContext(() -> {
            first.follows(2);
            second.follows(1);
            server.received.add(second.refusalOfOneMoreLog().orElse("none"));
            first.follows(1);
            server.received.add(second.refusalOfOneMoreLog().orElse("none"));
        });

        assertThat(server.next(server.received)).contains("one client address may follow 3 logs");
        assertThat(server.next(server.received)).isEqualTo("none");
    }

    @Test
    void compressionIsNotAgreedAndACompressedFrameIsAViolation(Vertx vertx) throws Exception {
        String answer = server.raw(
                vertx,
                "GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n\r\n",
                "\u00c1\u0084\0\0\0\0abcd");

        assertThat(answer).startsWith("HTTP/1.1 101").doesNotContainIgnoringCase("extensions");
        assertThat(answer.substring(answer.indexOf("\r\n\r\n") + 4))
                .contains("the frames are not those of a WebSocket");
    }
}
