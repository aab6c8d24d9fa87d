package io.dockrelay.e2e.oracle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * An engine with one container and a clock that can be stepped, which a test cannot do to a real engine's machine. The
 * part of Docker's API that a controller uses, on the JDK's own HTTP server. The container writes ten lines per second.
 * Ends with {@link #close()}.
 */
final class ScriptedEngine implements AutoCloseable {

    static final String CONTAINER = "clock";
    private static final String ID = "c10c".repeat(16);

    private final HttpServer server;
    private final ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor();
    private final ScriptedStore store = new ScriptedStore();

    ScriptedEngine() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
        var writing = writer.scheduleAtFixedRate(store::write, 0, 100, TimeUnit.MILLISECONDS);
        if (writing.isDone()) {
            throw new IllegalStateException("The writer did not start");
        }
    }

    /** The engine's address, as a value of DOCKER_HOST. */
    String host() {
        return "tcp://127.0.0.1:" + server.getAddress().getPort();
    }

    ScriptedStore store() {
        return store;
    }

    @Override
    public void close() {
        writer.shutdownNow();
        store.close();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().replaceFirst("^/v[0-9.]+/", "/");
        switch (path) {
            case "/_ping" -> reply(exchange, "OK");
            case "/version" ->
                reply(exchange, "{\"Version\":\"scripted\",\"ApiVersion\":\"1.41\",\"MinAPIVersion\":\"1.12\"}");
            case "/info" -> reply(exchange, "{\"ID\":\"scripted\",\"Name\":\"scripted\"}");
            case "/containers/json" -> reply(exchange, "[" + listed() + "]");
            case "/events" -> silence(exchange);
            default -> container(exchange, path);
        }
    }

    private void container(HttpExchange exchange, String path) throws IOException {
        String what = path.replaceFirst("^/containers/", "");
        String id = what.split("/", 2)[0];
        if (id.isEmpty() || !(ID.startsWith(id) || id.equals(CONTAINER))) {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        } else if (what.endsWith("/logs")) {
            logs(exchange, query(exchange));
        } else {
            reply(exchange, inspected());
        }
    }

    private static String listed() {
        return "{\"Id\":\"" + ID + "\",\"Names\":[\"/" + CONTAINER + "\"],\"Image\":\"scripted\",\"ImageID\":\"\","
                + "\"Command\":\"\",\"Created\":1764068400,\"Ports\":[],\"Labels\":{},\"State\":\"running\","
                + "\"Status\":\"Up 2 hours\"}";
    }

    private static String inspected() {
        return "{\"Id\":\"" + ID + "\",\"Name\":\"/" + CONTAINER + "\",\"Created\":\"2025-11-25T11:00:00Z\","
                + "\"State\":{\"Status\":\"running\",\"Running\":true,\"StartedAt\":\"2025-11-25T11:00:00.5Z\","
                + "\"FinishedAt\":\"0001-01-01T00:00:00Z\",\"ExitCode\":0},\"Config\":{\"Tty\":false,\"Labels\":{},"
                + "\"Image\":\"scripted\"},\"NetworkSettings\":{\"Ports\":{}},\"HostConfig\":{},\"RestartCount\":0}";
    }

    /** Answers with an event stream without events. */
    private void silence(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().flush();
        store.awaitClose();
        exchange.close();
    }

    private void logs(HttpExchange exchange, Map<String, String> query) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        boolean follow = query.getOrDefault("follow", "0").matches("1|true");
        Instant since = time(query.get("since"));
        Instant until = time(query.get("until"));
        int position = store.begin(query.getOrDefault("tail", "all"));
        try (OutputStream body = exchange.getResponseBody()) {
            for (List<ScriptedStore.Entry> more = store.from(position, follow);
                    !more.isEmpty();
                    more = store.from(position, follow)) {
                position += more.size();
                body.write(frames(more, since, until));
                body.flush();
            }
        }
    }

    private static byte[] frames(List<ScriptedStore.Entry> entries, Instant since, Instant until) {
        var frames = new ByteArrayOutputStream();
        for (ScriptedStore.Entry entry : entries) {
            boolean early = since != null && entry.at().isBefore(since);
            boolean late = until != null && entry.at().isAfter(until);
            if (!early && !late) {
                frames.writeBytes(entry.frame());
            }
        }
        return frames.toByteArray();
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new HashMap<>();
        String text = exchange.getRequestURI().getQuery();
        for (String pair : text == null ? new String[0] : text.split("&")) {
            String[] parts = pair.split("=", 2);
            query.put(parts[0], parts.length > 1 ? parts[1] : "");
        }
        return query;
    }

    /** {@code seconds.nanoseconds}. */
    private static Instant time(String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        String[] parts = text.split("\\.", 2);
        long nanos = parts.length < 2 ? 0 : Long.parseLong((parts[1] + "000000000").substring(0, 9));
        return Instant.ofEpochSecond(Long.parseLong(parts[0]), nanos);
    }

    private static void reply(HttpExchange exchange, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
