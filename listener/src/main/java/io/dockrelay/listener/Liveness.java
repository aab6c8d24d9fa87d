package io.dockrelay.listener;

import java.time.Duration;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketBase;

/**
 * Notices that the other end is gone: pings at each interval and closes the socket with {@link CloseCode#NO_PONG} when
 * two pings in a row got no pong. An idle timeout cannot do that, for our own pings would keep it from ever ending.
 *
 * <p>Owned by whoever accepted the socket; runs on the socket's context; {@link #stop} ends it, which the close handler
 * must call. It takes the socket's pong handler. A socket paused for longer than two intervals looks dead.
 */
public final class Liveness {

    /** Between two pings. */
    public static final Duration INTERVAL = Duration.ofSeconds(10);

    private static final int MISSED_AT_MOST = 2;
    private static final Buffer NOTHING = Buffer.buffer();

    private final Vertx vertx;
    private final WebSocketBase socket;
    private final long timer;

    /** Pings sent since the last pong. */
    private int unanswered;

    private Liveness(Vertx vertx, WebSocketBase socket, Duration interval) {
        this.vertx = vertx;
        this.socket = socket;
        this.timer = vertx.setPeriodic(interval.toMillis(), id -> tick());
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
        vertx.cancelTimer(timer);
    }

    private void tick() {
        if (socket.isClosed()) {
            stop();
            return;
        }
        Future<Void> sent;
        if (unanswered == MISSED_AT_MOST) {
            stop();
            sent = CloseCode.NO_PONG.close(socket);
        } else {
            unanswered++;
            sent = socket.writePing(NOTHING);
        }
        // A failed write means that the socket is closing, which its close handler tells.
        sent.onFailure(closing -> stop());
    }
}
