package io.dockrelay.relay;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/** A browser's side of a WebSocket; keeps the messages that it receives. For the test's own thread. */
public final class Page implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGEST = 8 * 1024 * 1024;
    /** In bytes. Without it the kernel may keep tens of megabytes for a page that has stopped reading. */
    private static final int SOCKET_HOLDS = 64 * 1024;

    private final List<JsonNode> received = new CopyOnWriteArrayList<>();
    private final WebSocketClient client;
    private final WebSocket socket;

    public Page(Vertx vertx, int port, String path, String... headers) {
        this(vertx, port, path, text -> {}, headers);
    }

    /** @param texts takes each message as it arrives; what is no JSON goes there only */
    public Page(Vertx vertx, int port, String path, Consumer<String> texts, String... headers) {
        client = vertx.createWebSocketClient(new WebSocketClientOptions()
                .setMaxFrameSize(LARGEST)
                .setMaxMessageSize(LARGEST)
                .setReceiveBufferSize(SOCKET_HOLDS));
        WebSocketConnectOptions options =
                new WebSocketConnectOptions().setHost("127.0.0.1").setPort(port).setURI(path);
        for (int i = 0; i < headers.length; i += 2) {
            options.addHeader(headers[i], headers[i + 1]);
        }
        // Before it connects: the relay sends the first message at once.
        ClientWebSocket connecting = client.webSocket();
        connecting.textMessageHandler(text -> {
            texts.accept(text);
            // SockJS has a letter before its frames.
            if (text.startsWith("{")) {
                received.add(read(text));
            }
        });
        socket = Soon.get(connecting.connect(options));
    }

    public void send(String json) {
        Soon.done(socket.writeTextMessage(json));
    }

    public void subscribe(String container) {
        send("{\"type\":\"subscribe_logs\",\"container\":\"" + container + "\"}");
    }

    /** Stops reading, like a browser that hangs. */
    public void freeze() {
        assertThat(socket.pause()).isNotNull();
    }

    public void thaw() {
        assertThat(socket.resume()).isNotNull();
    }

    public List<JsonNode> received() {
        return received;
    }

    public List<JsonNode> received(String type) {
        return received.stream()
                .filter(message -> message.path("type").asText().equals(type))
                .toList();
    }

    /** Waits for the first message like this. */
    public JsonNode await(String what, Predicate<JsonNode> like) {
        Awaitility.await(what)
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> received.stream().anyMatch(like));
        return received.stream().filter(like).findFirst().orElseThrow();
    }

    public JsonNode awaitType(String type) {
        return await(type, message -> message.path("type").asText().equals(type));
    }

    /** Waits for it and ignores it. */
    public void expect(String what, Predicate<JsonNode> like) {
        assertThat(await(what, like)).isNotNull();
    }

    /** Waits until the relay has received every message that was sent before. */
    public void settle(String id) {
        send("{\"type\":\"ping\",\"id\":\"" + id + "\"}");
        JsonNode pong =
                await("pong " + id, message -> message.path("id").asText().equals(id));
        assertThat(pong.path("type").asText()).isEqualTo("pong");
    }

    public Short awaitClose() {
        Awaitility.await("the end").atMost(Duration.ofSeconds(10)).until(socket::isClosed);
        return socket.closeStatusCode();
    }

    public WebSocket socket() {
        return socket;
    }

    @Override
    public void close() {
        Soon.done(client.close());
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }
}
