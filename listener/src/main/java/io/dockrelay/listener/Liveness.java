package io.dockrelay.listener;

import java.time.Duration;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketBase;

import io.dockrelay.protocol.timers.Periodic;

/**
 * Detects a dead peer: sends a ping per interval and closes the socket with {@link CloseCode#NO_PONG} when two
 * consecutive pings got no pong. An idle timeout cannot do that, because this side's own pings are traffic.
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
    private final Periodic pings;

    /** Pings sent since the last pong. */
    private int unanswered;

    private Liveness(Vertx vertx, WebSocketBase socket, Duration interval) {
        this.socket = socket;
        this.pings = new Periodic(vertx);
        pings.start(interval, this::tick);
    }

    public static Liveness watch(Vertx vertx, WebSocketBase socket) {
        return watch(vertx, socket, INTERVAL);
    }

    static Liveness watch(Vertx vertx, WebSocketBase socket, Duration interval) {
        Liveness liveness = new Liveness(vertx, socket, interval);
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
        Future<Void> sent;
        if (unanswered == MAX_MISSED) {
            stop();
            sent = CloseCode.NO_PONG.close(socket);
        } else {
            unanswered++;
            sent = socket.writePing(NOTHING);
        }
        // A failed write means that the socket is closing; its close handler reports it.
        sent.onFailure(closing -> stop());
    }
}
