package io.dockrelay.relay.uplink;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import io.dockrelay.protocol.wire.BinaryFrames;
import io.dockrelay.protocol.wire.BinaryMessage;
import io.dockrelay.protocol.wire.LineDeflater;
import io.dockrelay.protocol.wire.LogFrames;
import io.dockrelay.relay.Soon;
import io.dockrelay.relay.channel.Lines;

import static java.util.concurrent.TimeUnit.SECONDS;

/**
 * A remote controller with one container, {@code web}, whose log is numbered lines; the cursor of a line is {@code c} and its
 * number. WebSocket and REST share one port. Everything happens on one context.
 */
final class FakeController {

    final List<JsonObject> received = new CopyOnWriteArrayList<>();
    final List<String> requests = new CopyOnWriteArrayList<>();
    final AtomicInteger connections = new AtomicInteger();

    /** The names of the headers of each handshake. */
    final List<Set<String>> handshakes = new CopyOnWriteArrayList<>();

    /** Uses version 1 of the protocol: no controller, no cursors, no sub. */
    volatile boolean v1;

    /** Each {@code new_logs} has this number of newest lines, as of the public program of version 1; 0: only new lines. */
    volatile int window;

    /** The most lines of a page of version 1. */
    volatile int mostTail = Integer.MAX_VALUE;

    volatile String id = "far-away";

    /** Null for none. */
    volatile JsonObject labels;

    volatile String status = "running";

    /** The status of the answer to every POST and, if it is an error, to every GET. */
    volatile int httpStatus = 200;

    volatile String httpBody = "{}";

    /** The answers to POSTs wait for it; usually complete. */
    volatile Future<Void> answersWait = Future.succeededFuture();

    /** Offers the feature {@code log_credit}. */
    volatile boolean credit;

    /** Further features that it offers. */
    volatile List<String> more = List.of();

    /** The answers to GET requests, by path; for paths that it does not know otherwise. */
    final Map<String, String> answers = new ConcurrentHashMap<>();

    /** The answer to a search, as JSON lines; null when it does not search. */
    volatile String searchAnswer;

    /** Why it cannot continue after a cursor; null when it can. */
    volatile String cannotResume;

    /** The snapshot uses up all credit: the gap after it is sent when more is granted. */
    volatile boolean gapWaitsForCredit;

    /** The gap after a snapshot is not sent: the connection is lost before it. */
    volatile boolean gapIsLost;

    /** Sends no {@code initial_state}. */
    volatile boolean withoutGreeting;

    /** How much its clock is ahead, with the feature {@code clock}; negative if it is slow. */
    volatile Duration clockAhead = Duration.ZERO;

    /** How long a ping is under way before the clock is read. */
    volatile Duration pingTakes = Duration.ZERO;

    /** Does not answer over REST. */
    volatile boolean restSilent;

    private final Vertx vertx;
    private final Context context;
    private final Map<String, Subscription> subscriptions = new LinkedHashMap<>();
    private final List<ServerWebSocket> sockets = new ArrayList<>();

    /** Those that have asked for binary messages. */
    private final Set<ServerWebSocket> binary = new HashSet<>();

    private final LineDeflater deflater = new LineDeflater();
    private boolean compressed;

    private HttpServer server;
    private int port;
    private int stored;

    /** Waits for credit; usually null. */
    private JsonObject heldGap;

    private record Subscription(ServerWebSocket socket, String sub) {}

    FakeController(Vertx vertx) {
        this.vertx = vertx;
        context = vertx.getOrCreateContext();
    }

    UplinkTarget target() {
        return new UplinkTarget(
                java.net.URI.create("ws://localhost:" + port), java.net.URI.create("http://localhost:" + port));
    }

    void start() throws Exception {
        Future<HttpServer> listening = on(() -> vertx.createHttpServer(new HttpServerOptions().setHost("localhost"))
                .webSocketHandler(this::connected)
                .requestHandler(this::requested)
                .listen(port));
        server = get(listening);
        port = server.actualPort();
    }

    void stop() throws Exception {
        Future<?> closed = on(() -> {
            sockets.forEach(socket -> socket.close().onFailure(Throwable::printStackTrace));
            sockets.clear();
            subscriptions.clear();
            return server.close();
        });
        assert get(closed) == null;
    }

    void log(int lines) throws Exception {
        Object nothing = on(() -> {
            int from = window == 0 ? stored : Math.max(0, stored + lines - window);
            stored += lines;
            subscriptions.values().forEach(each -> sendLogs(each.socket(), logs("new_logs", from, stored, each.sub())));
            return null;
        });
        assert nothing == null;
    }

    /** Sends a message on every connection. */
    void send(JsonObject message) throws Exception {
        sendText(message.encode());
    }

    void sendBinary(Buffer bytes) throws Exception {
        Object nothing = on(() -> {
            sockets.forEach(socket -> socket.writeBinaryMessage(bytes).onFailure(Throwable::printStackTrace));
            return null;
        });
        assert nothing == null;
    }

    void sendText(String text) throws Exception {
        Object nothing = on(() -> {
            sockets.forEach(socket -> socket.writeTextMessage(text).onFailure(Throwable::printStackTrace));
            return null;
        });
        assert nothing == null;
    }

    /** Returns when all sent messages have arrived: the pong follows them. */
    void awaitReceived() throws Exception {
        Promise<Void> pong = Promise.promise();
        Object nothing = on(() -> {
            ServerWebSocket last = sockets.getLast();
            last.pongHandler(answer -> pong.tryComplete());
            last.writePing(Buffer.buffer("received?")).onFailure(pong::tryFail);
            return null;
        });
        assert nothing == null && get(pong.future()) == null;
    }

    int stored() throws Exception {
        return on(() -> stored);
    }

    List<String> subscribed() throws Exception {
        return on(() -> List.copyOf(subscriptions.keySet()));
    }

    List<JsonObject> received(String type) {
        return received.stream()
                .filter(message -> type.equals(message.getString("type")))
                .toList();
    }

    JsonObject container() {
        var container = new JsonObject()
                .put("name", "web")
                .put("full_name", "shop-web-1")
                .put("status", status)
                .put("status_detail", "as it is")
                .put("running", status.equals("running"))
                .putNull("health")
                .put("id", "abc123ef0123")
                .put("created", true);
        return v1 ? container : container.put("controller", id).put("image", "busybox");
    }

    private void connected(ServerWebSocket socket) {
        connections.incrementAndGet();
        handshakes.add(socket.headers().names());
        sockets.add(socket);
        var state = new JsonObject()
                .put("type", "initial_state")
                .put("timestamp", "2025-11-25T22:52:32.016Z")
                .put("containers", new JsonArray().add(container()));
        if (!v1) {
            state.put("controller", id).put("protocol", 1).put("features", features());
            if (labels != null) {
                state.put("labels", labels);
            }
        }
        if (!withoutGreeting) {
            socket.writeTextMessage(state.encode()).onFailure(Throwable::printStackTrace);
        }
        socket.textMessageHandler(text -> handle(socket, new JsonObject(text)));
        socket.closeHandler(closed -> {
            sockets.remove(socket);
            subscriptions.values().removeIf(each -> each.socket().equals(socket));
        });
    }

    private void pong(ServerWebSocket socket, JsonObject ping) {
        Instant now = Instant.now().plus(clockAhead);
        var pong = new JsonObject()
                .put("type", "pong")
                .put("id", ping.getValue("id"))
                .put("timestamp", now.toString())
                .put("epoch_micros", ChronoUnit.MICROS.between(Instant.EPOCH, now));
        socket.writeTextMessage(pong.encode()).onFailure(Throwable::printStackTrace);
    }

    private JsonArray features() {
        JsonArray features = JsonArray.of("sub", "stats");
        if (credit) {
            features.add("log_credit");
        }
        more.forEach(features::add);
        return searchAnswer == null ? features : features.add("search");
    }

    private void handle(ServerWebSocket socket, JsonObject message) {
        String before = received.isEmpty() ? null : received.getLast().getString("type");
        received.add(message);
        if (message.getString("type").equals("log_credit") && heldGap != null && !"subscribe_logs".equals(before)) {
            socket.writeTextMessage(heldGap.encode()).onFailure(Throwable::printStackTrace);
            heldGap = null;
        }
        if (message.getString("type").equals("ping")) {
            vertx.setTimer(Math.max(1, pingTakes.toMillis()), late -> pong(socket, message));
            return;
        }
        if (List.of("subscribe_stats", "log_credit").contains(message.getString("type"))) {
            return;
        }
        if (message.getString("type").equals("hello")) {
            binary.add(socket);
            compressed = message.getJsonArray("features").contains(BinaryFrames.ALWAYS_COMPRESSED);
            return;
        }
        String sub = v1 ? null : message.getString("sub");
        String key = sub == null ? message.getString("container") : sub;
        if (message.getString("type").equals("unsubscribe_logs")) {
            subscriptions.remove(key);
            return;
        }
        if (!container().getString("name").equals(message.getString("container"))
                && !"shop-web-1".equals(message.getString("container"))) {
            var error = new JsonObject()
                    .put("type", "error")
                    .put("code", "no_such_container")
                    .put("message", "there is no such container")
                    .put("container", message.getString("container"))
                    .put("request", "subscribe_logs");
            socket.writeTextMessage((v1 ? error : error.put("sub", sub)).encode())
                    .onFailure(Throwable::printStackTrace);
            return;
        }
        subscriptions.put(key, new Subscription(socket, sub));
        String after = v1 ? null : message.getString("after");
        int from = after == null ? Math.max(0, stored - message.getInteger("lines")) : number(after) + 1;
        JsonObject snapshot = logs("log_snapshot", from, stored, sub);
        if (!v1) {
            snapshot.put("more_before", from > 0);
        }
        if (after != null) {
            snapshot.put("resumed", cannotResume == null);
        }
        sendLogs(socket, snapshot);
        if (after != null && cannotResume != null) {
            var gap = new JsonObject().put("type", "log_gap").put("container", "web");
            gap.put("sub", sub).put("reason", cannotResume).put("from", after).put("to", "c" + from);
            if (gapIsLost) {
                return;
            }
            if (gapWaitsForCredit) {
                heldGap = gap;
            } else {
                socket.writeTextMessage(gap.encode()).onFailure(Throwable::printStackTrace);
            }
        }
    }

    private void sendLogs(ServerWebSocket socket, JsonObject message) {
        if (binary.contains(socket)) {
            BinaryMessage plain =
                    BinaryFrames.write(LogFrames.read(message.toBuffer().getBytes()));
            BinaryMessage lines = compressed ? deflater.compress(plain) : plain;
            Buffer bytes = Buffer.buffer()
                    .appendBytes(lines.head(), 0, lines.headSize())
                    .appendBytes(lines.body());
            socket.writeBinaryMessage(bytes).onFailure(Throwable::printStackTrace);
        } else {
            socket.writeTextMessage(message.encode()).onFailure(Throwable::printStackTrace);
        }
    }

    private JsonObject logs(String type, int from, int to, String sub) {
        var lines = new JsonArray();
        for (int i = from; i < to; i++) {
            lines.add(Lines.line(i));
        }
        var message = new JsonObject()
                .put("type", type)
                .put("container", "web")
                .put("logs", lines)
                .put("lastLogTimestamp", to == 0 ? null : Lines.line(to - 1).substring(0, 30));
        if (v1) {
            return message;
        }
        message.put("cursor", to == 0 ? null : "c" + (to - 1)).put("streams", "o".repeat(lines.size()));
        return sub == null ? message : message.put("sub", sub);
    }

    private void requested(HttpServerRequest request) {
        requests.add(request.method() + " " + request.uri());
        if (restSilent) {
            return;
        }
        if (httpStatus < 300 && request.method().name().equals("GET")) {
            request.response().end(page(request)).onFailure(Throwable::printStackTrace);
            return;
        }
        Future<Void> ready = request.method().name().equals("POST") ? answersWait : Future.succeededFuture();
        ready.compose(now -> request.response().setStatusCode(httpStatus).end(httpBody))
                .onFailure(Throwable::printStackTrace);
    }

    private String page(HttpServerRequest request) {
        if (request.path().endsWith("/logs/search")) {
            return searchAnswer;
        }
        if (request.path().equals("/containers")) {
            return new JsonObject()
                    .put("containers", new JsonArray().add(container()))
                    .encode();
        }
        if (answers.containsKey(request.path())) {
            return answers.get(request.path());
        }
        int limit = v1
                ? Math.min(mostTail, Integer.parseInt(request.getParam("tail")))
                : Integer.parseInt(request.getParam("limit"));
        String through = request.getParam("through");
        String before = request.getParam("before");
        String after = request.getParam("after");
        int to = through != null
                ? number(through) + 1
                : before != null
                        ? number(before)
                        : after != null ? Math.min(stored, number(after) + 1 + limit) : stored;
        int from = after != null ? number(after) + 1 : Math.max(0, to - limit);
        JsonObject page = logs("page", from, to, null);
        page.put("count", to - from).remove("type");
        if (!v1) {
            page.put("first", "c" + from).put("more_before", from > 0).put("more_after", to < stored);
        }
        return page.encode();
    }

    private static int number(String cursor) {
        return Integer.parseInt(cursor.substring(1));
    }

    private <T> T on(Callable<T> action) throws Exception {
        return get(Soon.on(context, action));
    }

    static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, SECONDS);
    }
}
