package io.dockrelay.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.errorprone.annotations.CanIgnoreReturnValue;

/**
 * A WebSocket client that keeps every message: the JDK's own, so that it shares no code with the program under test.
 */
public final class WireClient implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final List<JsonNode> messages = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private WebSocket socket;

    private WireClient() {}

    /**
     * Connects; headers as name, value, name, value.
     *
     * @throws CompletionException with a {@code WebSocketHandshakeException} when it is refused
     */
    public static WireClient connect(String url, String... headers) {
        return connect(CLIENT, url, headers);
    }

    /** The same by a client of one's own, such as one with another local address. */
    public static WireClient connect(HttpClient http, String url, String... headers) {
        var client = new WireClient();
        var builder = http.newWebSocketBuilder().connectTimeout(Duration.ofSeconds(10));
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        client.socket =
                builder.buildAsync(URI.create(url), client.new Listener()).join();
        return client;
    }

    /** Sends one text frame, valid or not; returns false when the connection is closed. */
    @CanIgnoreReturnValue
    public boolean send(String frame) {
        try {
            return socket.sendText(frame, true).join() != null;
        } catch (CompletionException gone) {
            return false;
        }
    }

    public void sendBinary(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true)
                .exceptionally(gone -> null)
                .join();
    }

    public void subscribe(String container, int lines) {
        send("{\"type\":\"subscribe_logs\",\"container\":\"" + container + "\",\"lines\":" + lines + "}");
    }

    public void unsubscribe(String container) {
        send("{\"type\":\"unsubscribe_logs\",\"container\":\"" + container + "\"}");
    }

    /** The messages so far. */
    public List<JsonNode> messages() {
        return List.copyOf(messages);
    }

    /** The messages of a type so far. */
    public List<JsonNode> messages(String type) {
        return messages.stream().filter(ofType(type)).toList();
    }

    @CanIgnoreReturnValue
    public JsonNode awaitType(String type) {
        return await(type, ofType(type));
    }

    @CanIgnoreReturnValue
    public JsonNode await(String what, Predicate<JsonNode> wanted) {
        return await(what, Await.DEFAULT, wanted);
    }

    /** Waits for the first matching message, including those that have already arrived. */
    @CanIgnoreReturnValue
    public JsonNode await(String what, Duration atMost, Predicate<JsonNode> wanted) {
        return Await.await(what, atMost, () -> first(wanted, 0));
    }

    /** Waits for the first matching message after the first {@code skip} ones; see {@link #mark()}. */
    @CanIgnoreReturnValue
    public JsonNode awaitAfter(int skip, String what, Duration atMost, Predicate<JsonNode> wanted) {
        return Await.await(what, atMost, () -> first(wanted, skip));
    }

    /** The number of messages so far. */
    public int mark() {
        return messages.size();
    }

    /** The log lines of a container so far, without timestamps: snapshots and live lines in order of arrival. */
    public List<String> texts(String container) {
        List<String> texts = new ArrayList<>();
        for (JsonNode message : messages) {
            if (message.has("logs") && message.path("container").asText().equals(container)) {
                message.get("logs").forEach(line -> texts.add(line.asText().substring(31)));
            }
        }
        return texts;
    }

    /** The close code, once the other side has closed. */
    public int awaitClose() {
        return Await.await("the connection is closed", Await.DEFAULT, () -> closed.getNow(null));
    }

    public boolean isClosed() {
        return closed.isDone();
    }

    /** Disconnects without a close handshake, like a laptop that is closed. */
    public void abort() {
        socket.abort();
    }

    @Override
    public void close() {
        if (!socket.isOutputClosed()) {
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "")
                    .exceptionally(gone -> null)
                    .join();
        }
        socket.abort();
    }

    public static Predicate<JsonNode> ofType(String type) {
        return message -> message.path("type").asText().equals(type);
    }

    private JsonNode first(Predicate<JsonNode> wanted, int skip) {
        for (int i = skip; i < messages.size(); i++) {
            if (wanted.test(messages.get(i))) {
                return messages.get(i);
            }
        }
        return null;
    }

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder partial = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                messages.add(parse(partial.toString()));
                partial.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int statusCode, String reason) {
            closed.complete(statusCode);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            closed.complete(1006);
        }

        private static JsonNode parse(String text) {
            try {
                return JSON.readTree(text);
            } catch (IOException e) {
                throw new UncheckedIOException("Not JSON: " + text, e);
            }
        }
    }
}
