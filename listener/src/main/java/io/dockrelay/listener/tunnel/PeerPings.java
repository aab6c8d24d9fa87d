package io.dockrelay.listener.tunnel;

import java.time.Duration;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketBase;

import io.dockrelay.protocol.timers.Periodic;
import io.dockrelay.protocol.timers.Timeout;

/**
 * Notices within 30 s that the other end of a WebSocket is gone. Occupies its pong handler. Owned by the object that has the
 * socket, on its context; ends with {@link #stop}.
 */
public final class PeerPings {

    private static final Duration EVERY = Duration.ofSeconds(10);

    /** Without any frame. With the time between two pings this is less than 30 s. */
    private static final Duration SILENT = Duration.ofSeconds(19);

    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(5);

    private final WebSocketBase socket;
    private final Runnable onSilent;
    private final Periodic pings;
    private final Timeout answer;

    private long heardAt = System.nanoTime();

    /** True while this end does not read: what the other end sends cannot be heard. */
    private boolean deaf;

    /** Null while nothing asks. */
    private Promise<Boolean> asked;

    /** @param onSilent closes the socket */
    public PeerPings(Vertx vertx, WebSocketBase socket, Runnable onSilent) {
        this.socket = socket;
        this.onSilent = onSilent;
        this.answer = new Timeout(vertx);
        this.pings = new Periodic(vertx);
        socket.pongHandler(pong -> heard());
        pings.start(EVERY, this::tick);
    }

    /** A frame has arrived. */
    public void heard() {
        heardAt = System.nanoTime();
        answered(true);
    }

    /** Whether this end reads. */
    public void reads(boolean reads) {
        deaf = !reads;
        heardAt = System.nanoTime();
    }

    /** Whether the other end answers a ping within 5 s. */
    public Future<Boolean> ask() {
        if (asked == null) {
            asked = Promise.promise();
            answer.start(ANSWERS_WITHIN, () -> answered(false));
            ping();
        }
        return asked.future();
    }

    public void stop() {
        pings.cancel();
        answered(false);
    }

    private void tick() {
        if (!deaf && System.nanoTime() - heardAt >= SILENT.toNanos()) {
            stop();
            onSilent.run();
        } else {
            ping();
        }
    }

    private void ping() {
        // A failed write means that the socket is closing; its close handler reports it.
        socket.writePing(Buffer.buffer("dockrelay")).onFailure(closing -> answered(false));
    }

    private void answered(boolean answers) {
        answer.cancel();
        Promise<Boolean> waiting = asked;
        asked = null;
        if (waiting != null) {
            waiting.complete(answers);
        }
    }
}
