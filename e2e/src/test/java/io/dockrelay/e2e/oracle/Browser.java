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

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * A light browser: one WebSocket, several logs, each resumed by its cursor after every loss of the connection. It takes
 * a frame only when it asks for one, so it can be slow, or stand still. Its state is guarded by itself; the socket's
 * threads and one timer thread, which all browsers share, come in. Ends with {@link #close()}.
 */
final class Browser implements Watcher {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Duration SILENCE = Duration.ofSeconds(35);

    private final String name;
    private final URI relay;
    private final Timers timers;
    private final Map<String, Following> logs = new LinkedHashMap<>();
    private final Retry retry;

    /** Null while there is no connection. */
    private WebSocket socket;

    /** The last handshake; null before the first. */
    private CompletableFuture<?> opening;

    private CompletableFuture<?> sending = CompletableFuture.completedFuture(null);
    private boolean leaving;
    private boolean standing;
    /** A frame is owed to the socket, which stands still. */
    private boolean holding;

    private long betweenFramesMillis;
    private long heardAt;
    /** Frames of lines that came although nothing is subscribed any more. */
    private int unwanted;

    private boolean unsubscribed;

    Browser(String name, URI relay, List<String> services, Timers timers, GapFiller filler, Random random) {
        this.name = name;
        this.relay = relay;
        this.timers = timers;
        this.retry = new Retry(random);
        services.forEach(service -> logs.put(service, new Following(name, service, filler)));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Following> logs() {
        return List.copyOf(logs.values());
    }

    synchronized void connect() {
        leaving = false;
        heardAt = System.nanoTime();
        var listener = new Listener();
        opening = CLIENT.newWebSocketBuilder()
                .connectTimeout(Duration.ofSeconds(10))
                .buildAsync(relay, listener)
                .whenComplete((opened, failure) -> {
                    if (failure != null) {
                        lost(listener);
                    }
                });
    }

    /** Takes no frame until {@link #goOn()}. */
    synchronized void standStill() {
        standing = true;
    }

    /** Takes one frame each so many milliseconds. */
    synchronized void slow(long millis) {
        betweenFramesMillis = millis;
    }

    synchronized void goOn() {
        standing = false;
        betweenFramesMillis = 0;
        if (holding && socket != null) {
            holding = false;
            socket.request(1);
        }
    }

    /** The laptop is shut: no goodbye. */
    synchronized void leave() {
        leaving = true;
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

    /** Whether the relay has answered behind the last {@link #unsubscribe()}. */
    synchronized boolean isUnsubscribed() {
        return unsubscribed;
    }

    synchronized int unwanted() {
        return unwanted;
    }

    @Override
    public void close() {
        leave();
    }

    /** For the timer: a connection that says nothing is none. */
    synchronized void look() {
        boolean silent = System.nanoTime() - heardAt > SILENCE.toNanos();
        if (socket != null && silent && !standing) {
            WebSocket dead = socket;
            socket = null;
            dead.abort();
            later();
        }
    }

    private synchronized void opened(WebSocket connected) {
        if (leaving) {
            connected.abort();
            return;
        }
        socket = connected;
        holding = false;
        retry.connected();
        logs.values().forEach(this::subscribe);
        connected.request(1);
    }

    private void subscribe(Following log) {
        String after = log.cursor();
        log.asked(after);
        send("{\"type\":\"subscribe_logs\",\"container\":\"" + log.service() + "\",\"sub\":\"" + log.service()
                + "\",\"lines\":10,\"wait\":true" + (after == null ? "" : ",\"after\":\"" + after + "\"") + "}");
    }

    private void send(String text) {
        if (socket != null) {
            WebSocket to = socket;
            // One at a time: the client refuses a text while another is on its way.
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
            later();
        }
    }

    private void later() {
        if (!leaving) {
            timers.after(retry.nextMillis(), this::again);
        }
    }

    private synchronized void again() {
        if (!leaving && socket == null) {
            connect();
        }
    }

    private synchronized void frame(WebSocket from, JsonNode frame) {
        if (!from.equals(socket)) {
            return;
        }
        heardAt = System.nanoTime();
        String type = frame.path("type").asText();
        Following log = logs.get(frame.path("sub").asText());
        if (type.equals("pong")) {
            unsubscribed = true;
        } else if (log != null && unsubscribed) {
            unwanted++;
        } else if (log != null) {
            log.frame(frame);
            if (type.equals("error")) {
                timers.after(retry.nextMillis(), () -> askAgain(from, log));
            }
        }
        next(from);
    }

    private synchronized void askAgain(WebSocket from, Following log) {
        if (from.equals(socket)) {
            subscribe(log);
        }
    }

    private void next(WebSocket from) {
        if (standing) {
            holding = true;
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
                throw new UncheckedIOException("not JSON: " + text, e);
            }
        }
    }
}
