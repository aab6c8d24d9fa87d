package io.dockrelay.deploy.doctor;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.vertx.core.http.ClientWebSocket;

/** An open WebSocket of a page that only listens. Waits on the calling thread. */
final class OpenPage {

    private static final String CLOSED = "closed";
    private static final int SHOWN = 40;

    private final ClientWebSocket socket;

    /** The beginnings of messages, and {@link #CLOSED}. */
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

    /** @param socket before it is connected: the first message may arrive with the handshake */
    OpenPage(ClientWebSocket socket) {
        this.socket = socket;
        socket.closeHandler(gone -> events.add(CLOSED));
        socket.exceptionHandler(broken -> events.add(CLOSED));
        socket.textMessageHandler(text -> events.add(text.substring(0, Math.min(SHOWN, text.length()))));
    }

    /** Whether a message of Dockrelay's arrives in time. */
    boolean receives(Duration time) {
        return next(time).filter(event -> event.contains("\"type\":\"")).isPresent();
    }

    /** How long it stays open; empty if it is still open after this time. */
    Optional<Duration> closesWithin(Duration time) {
        long begin = System.nanoTime();
        Duration left = time;
        while (left.isPositive()) {
            Optional<String> event = next(left);
            Duration passed = Duration.ofNanos(System.nanoTime() - begin);
            if (event.filter(CLOSED::equals).isPresent()) {
                return Optional.of(passed);
            }
            left = time.minus(passed);
        }
        return Optional.empty();
    }

    void close() {
        // The relay answers, or the client is closed soon.
        socket.close().onFailure(gone -> {});
    }

    private Optional<String> next(Duration time) {
        try {
            return Optional.ofNullable(events.poll(time.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.of(CLOSED);
        }
    }
}
