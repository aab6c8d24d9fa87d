package io.dockrelay.deploy.training;

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

/** Opens the page and the log like a browser, for {@link AotTraining}. Any thread; ends with its Vert.x. */
final class TrainingClient {

    private static final String HOST = "127.0.0.1";
    private static final long FOLLOWED_BYTES = 2L << 20;
    private static final int LARGEST_MESSAGE = 8 << 20;

    private final int port;
    private final HttpClient client;

    /** A field, because Vert.x closes an unreachable client and its connections with it. */
    private final WebSocketClient sockets;

    TrainingClient(Vertx vertx, int port) {
        this.port = port;
        this.client = vertx.createHttpClient();
        this.sockets = vertx.createWebSocketClient(
                new WebSocketClientOptions().setMaxMessageSize(LARGEST_MESSAGE).setMaxFrameSize(LARGEST_MESSAGE));
    }

    /** Loads the page, reads the list and the end of a log, and disconnects. */
    Future<Void> look() {
        return get("/").compose(page -> get("/api/data"))
                .compose(state -> sockets.connect(port, HOST, "/ws"))
                .compose(socket -> subscribed(socket)
                        .compose(snapshot -> get("/api/container/" + TrainingEngine.WRITER + "/logs?tail=100"))
                        .compose(page -> socket.close()));
    }

    /** Follows the log for some megabytes. */
    Future<Void> follow() {
        return sockets.connect(port, HOST, "/ws")
                .compose(socket ->
                        subscribed(socket).compose(snapshot -> followed(socket)).compose(enough -> socket.close()));
    }

    private static Future<Void> subscribed(WebSocket socket) {
        return received(socket, text -> text.contains("container_update") && text.contains(TrainingEngine.WRITER))
                .compose(list -> socket.writeTextMessage(
                        "{\"type\":\"subscribe_logs\",\"container\":\"" + TrainingEngine.WRITER + "\",\"lines\":200}"))
                .compose(sent -> received(socket, text -> text.contains("log_snapshot")));
    }

    private static Future<Void> followed(WebSocket socket) {
        var bytes = new AtomicLong();
        return received(socket, text -> bytes.addAndGet(text.length()) > FOLLOWED_BYTES);
    }

    private static Future<Void> received(WebSocket socket, Predicate<String> wanted) {
        Promise<Void> received = Promise.promise();
        socket.textMessageHandler(text -> {
            if (wanted.test(text)) {
                received.tryComplete();
            }
        });
        socket.closeHandler(closed -> received.tryFail("the relay closed the connection"));
        return received.future();
    }

    private Future<Buffer> get(String path) {
        return client.request(HttpMethod.GET, port, HOST, path)
                .compose(HttpClientRequest::send)
                .compose(HttpClientResponse::body);
    }
}
