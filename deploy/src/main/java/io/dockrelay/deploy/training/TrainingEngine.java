package io.dockrelay.deploy.training;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;

/**
 * A scripted container engine for {@link AotTraining}: a few containers that do not change, one of which writes log lines
 * while a client follows it. On one event loop of its Vert.x; ends with it.
 */
final class TrainingEngine {

    /** The name of the container with a log. */
    static final String WRITER = "writer";

    private static final int CONTAINERS = 5;
    private static final long EVERY_MS = 10;
    private static final int LINES_EACH = 60;
    private static final int STORED_BEFORE = 500;
    private static final Instant FIRST = Instant.parse("2025-11-25T22:52:30Z");
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z'").withZone(ZoneOffset.UTC);

    /** The log, one frame per line. */
    private final List<Buffer> stored = new ArrayList<>();

    private final Set<HttpServerResponse> followers = new LinkedHashSet<>();

    private TrainingEngine() {
        for (int i = 0; i < STORED_BEFORE; i++) {
            stored.add(frame(i));
        }
    }

    static Future<HttpServer> listen(Vertx vertx, Path socket) {
        var engine = new TrainingEngine();
        return vertx.createHttpServer()
                .requestHandler(engine::answer)
                .listen(SocketAddress.domainSocketAddress(socket.toString()))
                .onSuccess(listening -> vertx.setPeriodic(EVERY_MS, id -> engine.write()));
    }

    private void answer(HttpServerRequest request) {
        String path = request.path();
        HttpServerResponse response = request.response();
        if (path.endsWith("/version")) {
            json(response, version().toBuffer());
        } else if (path.endsWith("/containers/json")) {
            json(response, list().toBuffer());
        } else if (path.endsWith("/logs")) {
            log(request);
        } else if (path.contains("/containers/")) {
            json(response, inspected().toBuffer());
        } else {
            // The events: an open stream without any.
            response.setChunked(true).writeHead();
        }
    }

    private static void json(HttpServerResponse response, Buffer body) {
        response.putHeader("Content-Type", "application/json").end(body);
    }

    private void log(HttpServerRequest request) {
        HttpServerResponse response = request.response().setChunked(true);
        String tail = request.getParam("tail", "all");
        int wanted = tail.matches("\\d+") ? Math.min(Integer.parseInt(tail), stored.size()) : stored.size();
        Buffer last = Buffer.buffer();
        stored.subList(stored.size() - wanted, stored.size()).forEach(last::appendBuffer);
        if ("1".equals(request.getParam("follow"))) {
            response.writeHead();
            response.write(last);
            followers.add(response);
            response.closeHandler(closed -> followers.remove(response));
        } else {
            response.end(last);
        }
    }

    /** Writes some lines, if there are followers and all of them keep up. */
    private void write() {
        if (followers.stream().anyMatch(HttpServerResponse::writeQueueFull)) {
            return;
        }
        Buffer fresh = Buffer.buffer();
        for (int i = 0; i < LINES_EACH && !followers.isEmpty(); i++) {
            Buffer frame = frame(stored.size());
            stored.add(frame);
            fresh.appendBuffer(frame);
        }
        followers.forEach(follower -> follower.write(fresh));
    }

    private static Buffer frame(int number) {
        byte[] line = (STAMP.format(FIRST.plusNanos(number * 1_000L))
                        + " {\"level\":\"info\",\"message\":\"segment written\",\"number\":" + number + "}\n")
                .getBytes(StandardCharsets.UTF_8);
        return Buffer.buffer()
                .appendByte((byte) (1 + number % 2))
                .appendBytes(new byte[3])
                .appendInt(line.length)
                .appendBytes(line);
    }

    private static JsonObject version() {
        return new JsonObject()
                .put("Version", "training")
                .put("ApiVersion", "1.41")
                .put("MinAPIVersion", "1.12");
    }

    private static JsonArray list() {
        var all = new JsonArray();
        for (int i = 0; i < CONTAINERS; i++) {
            all.add(new JsonObject()
                    .put("Id", Integer.toString(i).repeat(64))
                    .put("Names", new JsonArray().add("/" + (i == 0 ? WRITER : "quiet-" + i)))
                    .put("Image", "training")
                    .put("Created", 1_700_000_000)
                    .put("State", i == 1 ? "exited" : "running")
                    .put("Status", i == 1 ? "Exited (0) 2 hours ago" : "Up 2 hours (healthy)")
                    .put("Labels", JsonObject.of("com.docker.compose.project", "stage"))
                    .put("Ports", new JsonArray().add(new JsonObject(Map.of("PrivatePort", 80, "Type", "tcp")))));
        }
        return all;
    }

    private static JsonObject inspected() {
        return new JsonObject()
                .put("Id", "0".repeat(64))
                .put("Name", "/" + WRITER)
                .put("RestartCount", 0)
                .put("Config", JsonObject.of("Tty", false))
                .put("HostConfig", JsonObject.of("LogConfig", JsonObject.of("Type", "json-file")))
                .put(
                        "State",
                        new JsonObject()
                                .put("Status", "running")
                                .put("Running", true)
                                .put("ExitCode", 0)
                                .put("OOMKilled", false)
                                .put("StartedAt", "2025-11-25T22:52:30.123456789Z")
                                .put("FinishedAt", "0001-01-01T00:00:00Z"));
    }
}
