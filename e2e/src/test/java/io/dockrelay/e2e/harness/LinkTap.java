package io.dockrelay.e2e.harness;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * Forwards the messages between a relay and a controller, and notes in which form the lines travel. It can make the one look
 * to the other as if it were older than binary messages. Ends with its Vert.x; methods are for any thread.
 */
public final class LinkTap {

    /** What is changed on the way. */
    public enum Alteration {
        NONE,
        /** The controller's first message names no features of binary messages. */
        CONTROLLER_IS_OLDER,
        /** The relay's {@code hello} does not arrive. */
        RELAY_IS_OLDER
    }

    private static final int MOST_BYTES = 16 * 1024 * 1024;
    private static final int ENCODING = 4;
    private static final Set<String> LINES = Set.of("log_snapshot", "new_logs");

    private final WebSocketClient client;
    private final HttpServer server;
    private final int target;
    private final Set<ServerWebSocket> open = ConcurrentHashMap.newKeySet();
    private final List<JsonObject> hellos = new CopyOnWriteArrayList<>();
    private final AtomicLong texts = new AtomicLong();
    private final AtomicLong plain = new AtomicLong();
    private final AtomicLong compressed = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private volatile Alteration alteration;

    private LinkTap(Vertx vertx, int target, Alteration alteration) {
        this.target = target;
        this.alteration = alteration;
        client = vertx.createWebSocketClient(
                new WebSocketClientOptions().setMaxFrameSize(MOST_BYTES).setMaxMessageSize(MOST_BYTES));
        server = vertx.createHttpServer(new HttpServerOptions()
                        .setHost("127.0.0.1")
                        .setMaxWebSocketFrameSize(MOST_BYTES)
                        .setMaxWebSocketMessageSize(MOST_BYTES))
                .webSocketHandler(this::connected);
    }

    /** Listens in front of a controller's port for WebSockets on this machine. */
    public static Future<LinkTap> open(Vertx vertx, int target, Alteration alteration) {
        var tap = new LinkTap(vertx, target, alteration);
        return tap.server.listen(0).map(listening -> tap);
    }

    public int port() {
        return server.actualPort();
    }

    /** Cuts all connections, and alters what comes on later ones in this way. */
    public void cut(Alteration later) {
        alteration = later;
        open.forEach(socket -> socket.close().onFailure(gone -> open.remove(socket)));
    }

    /** What the relay has asked for, one entry per connection. */
    public List<List<String>> asked() {
        return hellos.stream()
                .map(hello -> hello.getJsonArray("features").stream()
                        .map(Object::toString)
                        .toList())
                .toList();
    }

    /** Messages with lines that were text. */
    public long texts() {
        return texts.get();
    }

    /** Binary messages with lines as they are. */
    public long plain() {
        return plain.get();
    }

    /** Binary messages with compressed lines. */
    public long compressed() {
        return compressed.get();
    }

    /** Of all messages with lines, in any form. */
    public long bytes() {
        return bytes.get();
    }

    private void connected(ServerWebSocket relay) {
        open.add(relay);
        relay.pause();
        client.connect(target, "127.0.0.1", "/")
                .onSuccess(controller -> join(relay, controller))
                .onFailure(away -> relay.close().onFailure(gone -> open.remove(relay)));
    }

    private void join(ServerWebSocket relay, WebSocket controller) {
        controller.textMessageHandler(text -> sent(relay.writeTextMessage(fromController(text)), controller));
        controller.binaryMessageHandler(message -> {
            note(message);
            sent(relay.writeBinaryMessage(message), controller);
        });
        controller.closeHandler(closed -> relay.close().onFailure(gone -> open.remove(relay)));
        relay.textMessageHandler(text -> fromRelay(text, controller));
        relay.closeHandler(closed -> {
            open.remove(relay);
            sent(controller.close(), controller);
        });
        relay.resume();
    }

    private String fromController(String text) {
        var message = new JsonObject(text);
        if (LINES.contains(message.getString("type"))) {
            texts.incrementAndGet();
            bytes.addAndGet(text.length());
        }
        JsonArray features = message.getJsonArray("features");
        if (features == null || alteration != Alteration.CONTROLLER_IS_OLDER) {
            return text;
        }
        var left = new JsonArray(features.stream()
                .filter(feature -> !feature.toString().startsWith("binary"))
                .toList());
        return message.put("features", left).encode();
    }

    private void note(Buffer message) {
        (message.getByte(ENCODING) == 0 ? plain : compressed).incrementAndGet();
        bytes.addAndGet(message.length());
    }

    private void fromRelay(String text, WebSocket controller) {
        var message = new JsonObject(text);
        boolean hello = message.getString("type").equals("hello");
        if (hello) {
            hellos.add(message);
        }
        if (!hello || alteration != Alteration.RELAY_IS_OLDER) {
            sent(controller.writeTextMessage(text), controller);
        }
    }

    /** A connection that ends loses what is under way, as any network does. */
    private static void sent(Future<Void> written, WebSocket controller) {
        written.onFailure(gone -> controller.shutdown());
    }
}
