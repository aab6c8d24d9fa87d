package io.dockrelay.listener;

import java.time.Duration;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketBase;

import io.dockrelay.protocol.timers.Periodic;

/**
 * Detects a dead peer: sends a ping per interval and reports when two consecutive pings got no pong. An idle timeout cannot do that, because this side's own pings are traffic.
 *
 * <p>Owned by the object that accepted the socket; its close handler must call {@link #stop}. Runs on the socket's
 * context. Occupies the socket's pong handler. A socket that is paused for longer than two intervals counts as dead.
 */
public final class Liveness {

    /** Between two pings. */
    public static final Duration INTERVAL = Duration.ofSeconds(10);

    private static final int MAX_MISSED = 2;
    private static final Buffer NOTHING = Buffer.buffer();

    private final WebSocketBase socket;
    private final Runnable onDead;
    private final Periodic pings;

    /** Pings sent since the last pong. */
    private int unanswered;

    private Liveness(Vertx vertx, WebSocketBase socket, Duration interval, Runnable onDead) {
        this.socket = socket;
        this.onDead = onDead;
        this.pings = new Periodic(vertx);
        pings.start(interval, this::tick);
    }

    /** @param onDead called at most once; closes the socket */
    public static Liveness watch(Vertx vertx, WebSocketBase socket, Runnable onDead) {
        return watch(vertx, socket, INTERVAL, onDead);
    }

    static Liveness watch(Vertx vertx, WebSocketBase socket, Duration interval, Runnable onDead) {
        Liveness liveness = new Liveness(vertx, socket, interval, onDead);
        socket.pongHandler(pong -> liveness.unanswered = 0);
        return liveness;
    }

    public void stop() {
        pings.cancel();
    }

    private void tick() {
        if (socket.isClosed()) {
            stop();
            return;
        }
        if (unanswered == MAX_MISSED) {
            stop();
            onDead.run();
            return;
        }
        unanswered++;
        // A failed write means that the socket is closing; its close handler reports it.
        socket.writePing(NOTHING).onFailure(closing -> stop());
    }
}
