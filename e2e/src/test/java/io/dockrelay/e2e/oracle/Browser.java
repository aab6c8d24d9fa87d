package io.dockrelay.e2e.oracle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * A light browser: one WebSocket and several logs, each resumed by its cursor after each lost connection. It requests
 * frames one by one, so it can be slow or pause. Its state is guarded by itself; used by the socket's threads and by
 * one timer thread that all browsers share. Ends with {@link #close()}.
 */
final class Browser implements Watcher {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Duration SILENCE = Duration.ofSeconds(35);

    private final String name;
    private final Supplier<URI> relay;
    private final Timers timers;
    private final Map<String, FollowedLog> logs = new LinkedHashMap<>();
    private final Retry retry;

    /** Null while there is no connection. */
    private WebSocket socket;

    /** The last handshake; null before the first. */
    private CompletableFuture<?> opening;

    private CompletableFuture<?> sending = CompletableFuture.completedFuture(null);
    private boolean disconnecting;
    private boolean paused;
    /** True while the browser is paused and the next frame has not been requested. */
    private boolean requestPending;

    private long betweenFramesMillis;
    private long lastFrameAt;
    /** Frames of logs that arrived after the last unsubscribe. */
    private int unwanted;

    private boolean unsubscribed;

    /** @param relay where the next connection goes */
    Browser(String name, Supplier<URI> relay, List<String> services, Timers timers, GapFiller filler, Random random) {
        this.name = name;
        this.relay = relay;
        this.timers = timers;
        this.retry = new Retry(random);
        services.forEach(service -> logs.put(service, new FollowedLog(name, service, filler)));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<FollowedLog> logs() {
        return List.copyOf(logs.values());
    }

    synchronized void connect() {
        disconnecting = false;
        lastFrameAt = System.nanoTime();
        var listener = new Listener();
        opening = CLIENT.newWebSocketBuilder()
                .connectTimeout(Duration.ofSeconds(10))
                .buildAsync(relay.get(), listener)
                .whenComplete((opened, failure) -> {
                    if (failure != null) {
                        lost(listener);
                    }
                });
    }

    /** Requests no frame until {@link #resume()}. */
    synchronized void pause() {
        paused = true;
    }

    /** Requests one frame per interval. */
    synchronized void slow(long millis) {
        betweenFramesMillis = millis;
    }

    synchronized void resume() {
        paused = false;
        betweenFramesMillis = 0;
        if (requestPending && socket != null) {
            requestPending = false;
            socket.request(1);
        }
    }

    /** Aborts the connection without a close handshake, like a laptop that is closed. */
    synchronized void disconnect() {
        disconnecting = true;
        if (opening != null) {
            opening.cancel(true);
        }
        if (socket != null) {
            socket.abort();
            socket = null;
        }
    }

    @Override
    public synchronized void unsubscribe() {
        for (String service : logs.keySet()) {
            send("{\"type\":\"unsubscribe_logs\",\"container\":\"" + service + "\",\"sub\":\"" + service + "\"}");
        }
        send("{\"type\":\"ping\",\"id\":1}");
    }

    /** Whether the relay has answered after the last {@link #unsubscribe()}. */
    synchronized boolean isUnsubscribed() {
        return unsubscribed;
    }

    synchronized int unwanted() {
        return unwanted;
    }

    @Override
    public void close() {
        disconnect();
    }

    /** Called by the timer: reconnects when nothing has arrived for too long. */
    synchronized void checkSilence() {
        boolean silent = System.nanoTime() - lastFrameAt > SILENCE.toNanos();
        if (socket != null && silent && !paused) {
            WebSocket dead = socket;
            socket = null;
            dead.abort();
            reconnectLater();
        }
    }

    private synchronized void opened(WebSocket connected) {
        if (disconnecting) {
            connected.abort();
            return;
        }
        socket = connected;
        requestPending = false;
        retry.connected();
        logs.values().forEach(this::subscribe);
        connected.request(1);
    }

    private void subscribe(FollowedLog log) {
        String after = log.cursor();
        log.subscribed(after);
        send("{\"type\":\"subscribe_logs\",\"container\":\"" + log.service() + "\",\"sub\":\"" + log.service()
                + "\",\"lines\":10,\"wait\":true" + (after == null ? "" : ",\"after\":\"" + after + "\"") + "}");
    }

    private void send(String text) {
        if (socket != null) {
            WebSocket to = socket;
            // One at a time: the client refuses a text while another is being sent.
            sending = sending.handle((sent, gone) -> to).thenCompose(target -> target.sendText(text, true));
        }
    }

    private synchronized void lost(Listener listener) {
        if (listener.over) {
            return;
        }
        listener.over = true;
        if (Objects.equals(socket, listener.socket)) {
            socket = null;
            reconnectLater();
        }
    }

    private void reconnectLater() {
        if (!disconnecting) {
            timers.after(retry.nextMillis(), this::reconnect);
        }
    }

    private synchronized void reconnect() {
        if (!disconnecting && socket == null) {
            connect();
        }
    }

    private synchronized void frame(WebSocket from, JsonNode frame) {
        if (!from.equals(socket)) {
            return;
        }
        lastFrameAt = System.nanoTime();
        String type = frame.path("type").asText();
        FollowedLog log = logs.get(frame.path("sub").asText());
        if (type.equals("pong")) {
            unsubscribed = true;
        } else if (log != null && unsubscribed) {
            unwanted++;
        } else if (log != null) {
            log.frame(frame);
            if (type.equals("error")) {
                timers.after(retry.nextMillis(), () -> subscribeAgain(from, log));
            }
        }
        next(from);
    }

    private synchronized void subscribeAgain(WebSocket from, FollowedLog log) {
        if (from.equals(socket)) {
            subscribe(log);
        }
    }

    private void next(WebSocket from) {
        if (paused) {
            requestPending = true;
        } else if (betweenFramesMillis > 0) {
            timers.after(betweenFramesMillis, () -> from.request(1));
        } else {
            from.request(1);
        }
    }

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder partial = new StringBuilder();
        private volatile WebSocket socket;
        /** Guarded by the browser. */
        private boolean over;

        @Override
        public void onOpen(WebSocket opened) {
            socket = opened;
            Browser.this.opened(opened);
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
            partial.append(text);
            if (last) {
                JsonNode frame = parse(partial.toString());
                partial.setLength(0);
                frame(from, frame);
            } else {
                from.request(1);
            }
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            lost(this);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            lost(this);
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
