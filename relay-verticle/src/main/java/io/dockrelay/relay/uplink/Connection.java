package io.dockrelay.relay.uplink;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketFrame;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.timers.Periodic;
import io.dockrelay.protocol.timers.Timeout;

/**
 * One open WebSocket to a controller, and whether there is still life in it. Owned by its {@link Dialer}, on the
 * uplink's context; ends when the other end closes, falls silent, or {@link #drop} is called, which {@link Events#ended}
 * says once.
 */
final class Connection {

    private static final Logger log = LoggerFactory.getLogger(Connection.class);
    private static final short GOING_AWAY = 1001;

    /** What becomes of the connection. */
    interface Events {

        void message(byte[] text);

        void ended(String why);
    }

    private final WebSocket socket;
    private final UplinkLimits limits;
    private final Events events;
    private final TextReassembly assembly;
    private final Periodic pings;

    /** Runs until the first message is due. */
    private final Timeout greeting;

    private final long openedAt = System.nanoTime();
    private long heardAt = openedAt;

    private boolean over;

    Connection(Vertx vertx, WebSocket socket, UplinkLimits limits, Events events) {
        this.socket = socket;
        this.limits = limits;
        this.events = events;
        assembly = new TextReassembly(limits.messageBytes());
        socket.frameHandler(this::frame);
        socket.pongHandler(pong -> heardAt = System.nanoTime());
        socket.exceptionHandler(failure -> drop(String.valueOf(failure.getMessage())));
        socket.closeHandler(closed -> end("it was closed with " + socket.closeStatusCode()));
        pings = new Periodic(vertx);
        pings.start(limits.pingEvery(), this::ping);
        greeting = new Timeout(vertx);
        greeting.start(limits.connect(), this::notGreeted);
    }

    /** The first message was the one it should be. */
    void understood() {
        greeting.cancel();
    }

    long upNanos() {
        return System.nanoTime() - openedAt;
    }

    void send(String text) {
        if (!over) {
            quietly(socket.writeTextMessage(text));
        }
    }

    /** Closes it; the reason goes to {@link Events#ended}. */
    void drop(String why) {
        if (!over) {
            end(why);
            quietly(socket.close(GOING_AWAY));
        }
    }

    private void frame(WebSocketFrame frame) {
        heardAt = System.nanoTime();
        byte[] message;
        try {
            message = assembly.add(frame);
        } catch (IllegalArgumentException e) {
            drop(e.getMessage());
            return;
        }
        if (message != null && !over) {
            events.message(message);
        }
    }

    private void ping() {
        if (System.nanoTime() - heardAt >= limits.silentAfter().toNanos()) {
            drop("it has been silent for " + limits.silentAfter().toSeconds() + " s");
        } else {
            quietly(socket.writePing(Buffer.buffer("dockrelay")));
        }
    }

    private void notGreeted() {
        drop("it sent no initial_state within " + limits.connect().toSeconds() + " s");
    }

    private void end(String why) {
        if (!over) {
            over = true;
            pings.cancel();
            greeting.cancel();
            events.ended(why);
        }
    }

    private static void quietly(Future<Void> sent) {
        sent.onFailure(failure -> log.debug("the socket to a controller took nothing", failure));
    }
}
