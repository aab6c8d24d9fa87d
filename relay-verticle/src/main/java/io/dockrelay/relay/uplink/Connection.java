package io.dockrelay.relay.uplink;

import java.time.Duration;

import io.vertx.core.Context;
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
 * One open WebSocket to a controller. Detects a peer that is silent. Owned by its {@link Dialer}, on the uplink's context;
 * ends when the peer closes it or is silent for too long, or with {@link #drop}. {@link Events#ended} is called once.
 */
final class Connection {

    private static final Logger log = LoggerFactory.getLogger(Connection.class);
    private static final short GOING_AWAY = 1001;

    /** The owner's side. */
    interface Events {

        /** A whole text message. */
        void message(byte[] text);

        /** A whole binary message. */
        void binary(byte[] message);

        /** The other end has answered a ping. */
        void alive();

        /** The connection has ended. */
        void ended(String why);
    }

    private final Context context;
    private final WebSocket socket;
    private final UplinkLimits limits;
    private final Events events;
    private final MessageReassembly assembly;
    private final Periodic pings;

    /** Runs while the connection is read more slowly than it sends. */
    private final Timeout pause;

    /** Runs until the first message is due. */
    private final Timeout greeting;

    private final long openedAt = System.nanoTime();

    /** When the last frame arrived. */
    private long receivedAt = openedAt;

    private boolean ended;

    /** Whether a step is waited for. */
    private boolean held;

    Connection(Vertx vertx, WebSocket socket, UplinkLimits limits, Events events) {
        context = vertx.getOrCreateContext();
        this.socket = socket;
        this.limits = limits;
        this.events = events;
        assembly = new MessageReassembly(limits.messageBytes());
        socket.frameHandler(this::frame);
        socket.pongHandler(pong -> answered());
        socket.exceptionHandler(failure -> drop(ConnectionFailures.why(failure)));
        socket.closeHandler(closed -> end("it was closed with " + socket.closeStatusCode()));
        pings = new Periodic(vertx);
        pings.start(limits.pingEvery(), this::ping);
        pause = new Timeout(vertx);
        greeting = new Timeout(vertx);
        greeting.start(limits.connect(), this::notGreeted);
    }

    /** The first message is a valid {@code initial_state}. */
    void greeted() {
        greeting.cancel();
    }

    /**
     * Reads no further message before this step, which follows the future. If the connection ends first, it is dropped.
     *
     * @param first completes on any thread
     */
    void hold(Future<?> first, Runnable step) {
        held = true;
        socket.pause();
        first.onComplete(done -> context.runOnContext(now -> goOn(step)));
    }

    private void goOn(Runnable step) {
        if (!ended) {
            held = false;
            step.run();
            resume();
        }
    }

    /** Reads no further message for this time. */
    void pause(long millis) {
        if (!ended) {
            socket.pause();
            pause.start(Duration.ofMillis(millis), this::resume);
        }
    }

    private void resume() {
        if (!ended && !held && !pause.isRunning()) {
            socket.resume();
        }
    }

    long upNanos() {
        return System.nanoTime() - openedAt;
    }

    void send(String text) {
        if (!ended) {
            logFailure(socket.writeTextMessage(text));
        }
    }

    /** Closes the connection; the reason goes to {@link Events#ended}. */
    void drop(String why) {
        if (!ended) {
            end(why);
            logFailure(socket.close(GOING_AWAY));
        }
    }

    private void frame(WebSocketFrame frame) {
        receivedAt = System.nanoTime();
        MessageReassembly.Message message;
        try {
            message = assembly.add(frame);
        } catch (IllegalArgumentException e) {
            drop(e.getMessage());
            return;
        }
        if (message != null && !ended) {
            switch (message) {
                case MessageReassembly.Message.Text(byte[] utf8) -> events.message(utf8);
                case MessageReassembly.Message.Binary(byte[] bytes) -> events.binary(bytes);
            }
        }
    }

    private void answered() {
        receivedAt = System.nanoTime();
        if (!ended) {
            events.alive();
        }
    }

    private void ping() {
        if (System.nanoTime() - receivedAt >= limits.silentAfter().toNanos()) {
            drop("it has been silent for " + limits.silentAfter().toSeconds() + " s");
        } else {
            logFailure(socket.writePing(Buffer.buffer("dockrelay")));
        }
    }

    private void notGreeted() {
        drop("it sent no initial_state within " + limits.connect().toSeconds() + " s");
    }

    private void end(String why) {
        if (!ended) {
            ended = true;
            pings.cancel();
            pause.cancel();
            greeting.cancel();
            events.ended(why);
        }
    }

    /** A failed write means that the socket is closing; its close handler reports it. */
    private static void logFailure(Future<Void> written) {
        written.onFailure(failure -> log.debug("a write to a controller's socket failed", failure));
    }
}
