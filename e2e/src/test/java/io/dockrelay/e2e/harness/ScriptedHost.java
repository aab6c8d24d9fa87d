package io.dockrelay.e2e.harness;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * A controller without an engine: it has the containers that it is given, and behaves as it is told. WebSocket and REST share
 * a port. Everything runs on one context of the given Vert.x; methods are for any thread.
 */
public final class ScriptedHost {

    /** How it behaves. */
    public enum Conduct {
        GOOD,
        /** It says nothing for half a minute after each handshake. */
        GREETS_LATE,
        /** It answers each request of REST after half a minute. */
        ANSWERS_LATE,
        /** It sends changes as fast as they are read. */
        FLOODS,
        /** It sends bytes, texts and JSON that mean nothing. */
        SENDS_GARBAGE
    }

    private static final long LATE_MS = 30_000;
    private static final Map<String, String> BROKEN = Map.of(
            "truncated", "{\"type\":\"status_change\",\"changes\":[{",
            "no object", "[[[[[]]]]]",
            "wrong types", "{\"type\":\"status_change\",\"timestamp\":7,\"changes\":\"none\"}",
            "nulls", "{\"type\":\"status_change\",\"changes\":[null]}",
            "of a relay", "{\"type\":\"container_update\",\"containers\":[]}",
            "not for anyone", "{\"type\":\"new_logs\",\"sub\":\"nonesuch\",\"container\":\"x\",\"logs\":[\"x\"]}");

    private final Context context;
    private final Vertx vertx;
    private final String id;
    private final Conduct conduct;
    private final Map<String, String> labels;
    private final Random random;
    private final boolean[] running;
    private final List<ServerWebSocket> sockets = new ArrayList<>();
    private final List<String> controls = new CopyOnWriteArrayList<>();
    private HttpServer server;

    /** @param containers their number; they are called {@code service-001} and so on, on every host */
    public ScriptedHost(Vertx vertx, String id, int containers, Conduct conduct, Map<String, String> labels) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.id = id;
        this.conduct = conduct;
        this.labels = labels;
        this.random = new Random(id.hashCode());
        this.running = new boolean[containers];
        Arrays.fill(running, true);
    }

    public static String name(int container) {
        return String.format("service-%03d", container + 1);
    }

    /** Returns when it listens. */
    public void start() {
        server = on(vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1"))
                .webSocketHandler(socket -> context.runOnContext(now -> connected(socket)))
                .requestHandler(this::requested)
                .listen(0));
    }

    public String id() {
        return id;
    }

    public int port() {
        return server.actualPort();
    }

    /** The requests to start, stop or restart that came, as paths. */
    public List<String> controls() {
        return List.copyOf(controls);
    }

    /** Stops or starts a container, and reports it. */
    public void change(int container) {
        context.runOnContext(now -> {
            String text = flipped(container);
            sockets.forEach(socket -> send(socket, text));
        });
    }

    public void stop() {
        Object unused = on(server.close());
    }

    private static <T> T on(Future<T> future) {
        try {
            return future.toCompletionStage()
                    .toCompletableFuture()
                    .orTimeout(20, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException failed) {
            throw new AssertionError(failed);
        }
    }

    private void connected(ServerWebSocket socket) {
        socket.exceptionHandler(gone -> {});
        socket.closeHandler(closed -> context.runOnContext(now -> sockets.remove(socket)));
        if (conduct == Conduct.GREETS_LATE) {
            vertx.setTimer(LATE_MS, late -> greet(socket));
        } else {
            greet(socket);
        }
    }

    private void greet(ServerWebSocket socket) {
        if (conduct == Conduct.SENDS_GARBAGE && random.nextBoolean()) {
            garbage(socket);
            return;
        }
        var containers = new JsonArray();
        for (int i = 0; i < running.length; i++) {
            containers.add(container(i));
        }
        var state = new JsonObject()
                .put("type", "initial_state")
                .put("timestamp", Instant.now().toString())
                .put("containers", containers)
                .put("controller", id)
                .put("protocol", 1)
                .put("features", JsonArray.of("cursor", "sub", "log_credit", "action"));
        if (!labels.isEmpty()) {
            state.put("labels", new JsonObject(Map.copyOf(labels)));
        }
        sockets.add(socket);
        send(socket, state.encode());
        if (conduct == Conduct.FLOODS) {
            flood(socket);
        } else if (conduct == Conduct.SENDS_GARBAGE) {
            garbage(socket);
        }
    }

    private void flood(ServerWebSocket socket) {
        for (int i = 0; i < 100 && !socket.isClosed() && !socket.writeQueueFull(); i++) {
            send(socket, flipped(0));
        }
        if (socket.isClosed()) {
            return;
        }
        if (socket.writeQueueFull()) {
            socket.drainHandler(drained -> context.runOnContext(now -> flood(socket)));
        } else {
            vertx.setTimer(1, now -> flood(socket));
        }
    }

    private void garbage(ServerWebSocket socket) {
        if (socket.isClosed()) {
            return;
        }
        byte[] noise = new byte[1 + random.nextInt(500)];
        random.nextBytes(noise);
        socket.writeBinaryMessage(Buffer.buffer(noise)).onFailure(gone -> {});
        send(socket, new String(noise, StandardCharsets.ISO_8859_1));
        BROKEN.values().forEach(text -> send(socket, text));
        vertx.setTimer(5, again -> garbage(socket));
    }

    private static void send(ServerWebSocket socket, String text) {
        socket.writeTextMessage(text).onFailure(gone -> {});
    }

    private String flipped(int container) {
        boolean was = running[container];
        running[container] = !was;
        var change = new JsonObject()
                .put("name", name(container))
                .put("previousStatus", status(was))
                .putNull("previousHealth")
                .put("currentStatus", status(!was))
                .putNull("currentHealth")
                .put("running", !was)
                .put("statusDetail", "as scripted")
                .put("id", idOf(container))
                .put("reason", was ? "stopped" : "started")
                .put("at", Instant.now().toString())
                .put("controller", id)
                .put("container", container(container));
        return new JsonObject()
                .put("type", "status_change")
                .put("timestamp", Instant.now().toString())
                .put("changes", JsonArray.of(change))
                .encode();
    }

    private JsonObject container(int number) {
        return new JsonObject()
                .put("name", name(number))
                .put("full_name", "shop-" + name(number) + "-1")
                .put("status", status(running[number]))
                .put("status_detail", "as scripted")
                .put("running", running[number])
                .putNull("health")
                .put("id", idOf(number))
                .put("created", true)
                .put("controller", id)
                .put(
                        "actions",
                        new JsonObject().putNull("start").putNull("stop").putNull("restart"))
                .put("image", "registry/shop:1.27")
                .put("project", "shop")
                .put("service", name(number))
                .put("started_at", "2026-01-01T10:00:00.000Z")
                .put("restart_count", 0)
                .put("ports", new JsonArray());
    }

    private String idOf(int container) {
        return String.format("%06x%06x", id.hashCode() & 0xffffff, container);
    }

    private static String status(boolean runs) {
        return runs ? "running" : "exited";
    }

    private void requested(HttpServerRequest request) {
        if (request.method().equals(HttpMethod.POST)) {
            controls.add(request.path());
        }
        if (conduct == Conduct.ANSWERS_LATE) {
            vertx.setTimer(LATE_MS, late -> answer(request));
        } else {
            answer(request);
        }
    }

    private void answer(HttpServerRequest request) {
        JsonObject answer;
        if (request.method().equals(HttpMethod.POST)) {
            String[] path = request.path().split("/", -1);
            answer = new JsonObject()
                    .put("container", path[2])
                    .put("action", path[3])
                    .put("status", "accepted")
                    .put("id", "act-1");
            request.response().setStatusCode(202);
        } else if (request.path().equals("/containers")) {
            var containers = new JsonArray();
            for (int i = 0; i < running.length; i++) {
                containers.add(container(i));
            }
            answer = new JsonObject().put("containers", containers);
        } else {
            answer = new JsonObject()
                    .put("container", request.path().split("/", -1)[2])
                    .put("logs", new JsonArray())
                    .put("count", 0)
                    .putNull("cursor")
                    .putNull("first")
                    .putNull("lastLogTimestamp")
                    .put("streams", "")
                    .put("more_before", false)
                    .put("more_after", false);
        }
        if (!request.response().closed()) {
            request.response().end(answer.encode()).onFailure(gone -> {});
        }
    }
}
