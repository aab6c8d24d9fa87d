package io.dockrelay.listener;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static io.dockrelay.listener.Waiting.get;
import static io.dockrelay.listener.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(VertxExtension.class)
class LivenessTest {

    private static final Duration SHORT = Duration.ofMillis(40);

    private static final String HANDSHAKE = """
            GET / HTTP/1.1\r
            Host: localhost\r
            Connection: Upgrade\r
            Upgrade: websocket\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            \r
            """;

    @Test
    void clientThatAnswersPingsStaysConnected(Vertx vertx) throws Exception {
        Promise<Void> fivePongs = Promise.promise();
        AtomicInteger pings = new AtomicInteger();
        HttpServer server = serve(vertx, socket -> {
            Liveness liveness = Liveness.watch(vertx, socket, SHORT, () -> noPong(socket));
            socket.closeHandler(gone -> liveness.stop());
        });
        WebSocketClient clients = vertx.createWebSocketClient();
        WebSocket client = get(clients.connect(server.actualPort(), "127.0.0.1", "/"));
        client.frameHandler(frame -> {
            if (frame.isPing() && pings.incrementAndGet() == 5) {
                fivePongs.complete();
            }
        });

        get(fivePongs.future());
        assertThat(client.isClosed()).isFalse();
        get(clients.close());
    }

    @Test
    void clientThatAnswersNoPingIsClosedWith4003(Vertx vertx) throws Exception {
        Promise<Integer> closed = Promise.promise();
        HttpServer server = serve(vertx, socket -> {
            Liveness liveness = Liveness.watch(vertx, socket, SHORT, () -> noPong(socket));
            socket.closeHandler(gone -> {
                liveness.stop();
                closed.complete((int) socket.closeStatusCode());
            });
        });
        Buffer seen = Buffer.buffer();
        Promise<Buffer> end = Promise.promise();
        NetClient clients = vertx.createNetClient();
        NetSocket silent = get(clients.connect(server.actualPort(), "127.0.0.1"));
        silent.handler(seen::appendBuffer);
        silent.closeHandler(gone -> end.complete(seen));
        get(silent.write(HANDSHAKE));

        assertThat(get(end.future()).toString("ISO-8859-1")).contains("pings were not answered");
        assertThat(get(closed.future())).isNotNull();
        until(clients.close());
    }

    private static void noPong(ServerWebSocket socket) {
        CloseCode.NO_PONG.close(socket).onFailure(gone -> {});
    }

    private static HttpServer serve(Vertx vertx, Handler<ServerWebSocket> handler) throws Exception {
        return get(vertx.createHttpServer(new HttpServerOptions().setWebSocketClosingTimeout(1))
                .webSocketHandler(handler)
                .listen(0, "127.0.0.1"));
    }
}
