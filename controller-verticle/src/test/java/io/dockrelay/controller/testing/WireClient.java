package io.dockrelay.controller.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import org.awaitility.Awaitility;

import io.dockrelay.protocol.wire.BinaryFrames;
import io.dockrelay.protocol.wire.LineInflater;
import io.dockrelay.protocol.wire.LogFrames;

/** A WebSocket client as a program has one: records what it is sent, in order. */
public final class WireClient implements AutoCloseable {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int RECEIVES = 8 * 1024 * 1024;
    /** In bytes. Without it the kernel may keep tens of megabytes for a client that has stopped reading. */
    private static final int SOCKET_HOLDS = 64 * 1024;

    private final WebSocketClient client;
    private final WebSocket socket;
    private final List<JsonNode> messages = new CopyOnWriteArrayList<>();

    private WireClient(WebSocketClient client, WebSocket socket) {
        this.client = client;
        this.socket = socket;
        socket.textMessageHandler(text -> messages.add(parse(text)));
        socket.binaryMessageHandler(bytes -> messages.add(parse(bytes)));
        socket.resume();
    }

    public static WireClient connect(Vertx vertx, int port) {
        return connect(
                vertx,
                new WebSocketConnectOptions().setHost("127.0.0.1").setPort(port).setURI("/"));
    }

    public static WireClient connect(Vertx vertx, WebSocketConnectOptions options) {
        WebSocketClient client = vertx.createWebSocketClient(new WebSocketClientOptions()
                .setMaxFrameSize(RECEIVES)
                .setMaxMessageSize(RECEIVES)
                .setReceiveBufferSize(SOCKET_HOLDS));
        Future<WebSocket> paused = Waiting.onContext(
                vertx,
                () -> client.connect(options).map(socket -> {
                    socket.pause();
                    return socket;
                }));
        return new WireClient(client, Waiting.await(paused));
    }

    public void send(String text) {
        Waiting.await(socket.writeTextMessage(text));
    }

    public void sendBinary(byte[] bytes) {
        Waiting.await(socket.writeBinaryMessage(Buffer.buffer(bytes)));
    }

    /** Stops reading, so that everything sent piles up. */
    public void pause() {
        socket.pause();
    }

    public void resume() {
        socket.resume();
    }

    public List<JsonNode> messages() {
        return List.copyOf(messages);
    }

    public List<JsonNode> messages(String type) {
        return messages.stream().filter(ofType(type)).toList();
    }

    public static Predicate<JsonNode> ofType(String type) {
        return message -> message.path("type").asText().equals(type);
    }

    @CanIgnoreReturnValue
    public JsonNode await(String type) {
        return await(ofType(type));
    }

    @CanIgnoreReturnValue
    public JsonNode await(Predicate<JsonNode> wanted) {
        return await(Duration.ofSeconds(15), wanted);
    }

    @CanIgnoreReturnValue
    public JsonNode await(Duration patience, Predicate<JsonNode> wanted) {
        Awaitility.await()
                .atMost(patience)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> messages.stream().anyMatch(wanted));
        return messages.stream().filter(wanted).findFirst().orElseThrow();
    }

    /** The close code, once it is closed. */
    public int awaitClose() {
        Awaitility.await().atMost(Duration.ofSeconds(15)).until(socket::isClosed);
        return socket.closeStatusCode() == null ? 1006 : socket.closeStatusCode();
    }

    public boolean isClosed() {
        return socket.isClosed();
    }

    @Override
    public void close() {
        Waiting.await(socket.close().otherwiseEmpty());
        Waiting.await(client.close());
    }

    /** As the message that it replaces, with {@code binary}, and its size as {@code bytes}. */
    private static JsonNode parse(Buffer bytes) {
        byte[] json;
        try (var inflater = new LineInflater()) {
            json = LogFrames.write(BinaryFrames.read(bytes.getBytes(), inflater).frame());
        }
        return ((ObjectNode) parse(new String(json, StandardCharsets.UTF_8)))
                .put("binary", true)
                .put("bytes", bytes.length());
    }

    private static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }
}
