package io.dockrelay.deploy;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;

/** Somebody who opens the page during a {@link Rehearsal}. Any thread; ends with its Vert.x. */
final class RehearsalVisitor {

    private static final String HOST = "127.0.0.1";
    private static final long FOLLOWED_BYTES = 2L << 20;
    private static final int LARGEST_MESSAGE = 8 << 20;

    private final int port;
    private final HttpClient client;

    /** Held here: Vert.x closes a client that nobody holds, and its connections with it. */
    private final WebSocketClient sockets;

    RehearsalVisitor(Vertx vertx, int port) {
        this.port = port;
        this.client = vertx.createHttpClient();
        this.sockets = vertx.createWebSocketClient(
                new WebSocketClientOptions().setMaxMessageSize(LARGEST_MESSAGE).setMaxFrameSize(LARGEST_MESSAGE));
    }

    /** Loads the page, sees the list and the end of a log, and leaves. */
    Future<Void> look() {
        return get("/").compose(page -> get("/api/data"))
                .compose(state -> sockets.connect(port, HOST, "/ws"))
                .compose(socket -> subscribed(socket)
                        .compose(snapshot -> get("/api/container/" + RehearsalEngine.TALKER + "/logs?tail=100"))
                        .compose(page -> socket.close()));
    }

    /** Stays for some megabytes of log. */
    Future<Void> follow() {
        return sockets.connect(port, HOST, "/ws")
                .compose(socket ->
                        subscribed(socket).compose(snapshot -> followed(socket)).compose(enough -> socket.close()));
    }

    private static Future<Void> subscribed(WebSocket socket) {
        return heard(socket, text -> text.contains("container_update") && text.contains(RehearsalEngine.TALKER))
                .compose(list -> socket.writeTextMessage(
                        "{\"type\":\"subscribe_logs\",\"container\":\"" + RehearsalEngine.TALKER + "\",\"lines\":200}"))
                .compose(sent -> heard(socket, text -> text.contains("log_snapshot")));
    }

    private static Future<Void> followed(WebSocket socket) {
        var bytes = new AtomicLong();
        return heard(socket, text -> bytes.addAndGet(text.length()) > FOLLOWED_BYTES);
    }

    private static Future<Void> heard(WebSocket socket, Predicate<String> wanted) {
        Promise<Void> came = Promise.promise();
        socket.textMessageHandler(text -> {
            if (wanted.test(text)) {
                came.tryComplete();
            }
        });
        socket.closeHandler(closed -> came.tryFail("the relay closed the connection"));
        return came.future();
    }

    private Future<Buffer> get(String path) {
        return client.request(HttpMethod.GET, port, HOST, path)
                .compose(HttpClientRequest::send)
                .compose(HttpClientResponse::body);
    }
}
