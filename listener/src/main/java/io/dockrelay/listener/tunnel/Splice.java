package io.dockrelay.listener.tunnel;

import java.time.Duration;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketBase;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.net.NetSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.timers.Timeout;

/**
 * One tunnelled connection at one end: what arrives at the socket goes to the WebSocket in binary frames, and the reverse. An
 * end that does not take more pauses the other one. When the socket has closed, a text frame says so after the last byte; the
 * other end closes the WebSocket as soon as its own socket has taken everything. Both are on one context, and end together.
 */
public final class Splice {

    /** In bytes; a listener accepts twice as much. */
    static final int LARGEST_FRAME = 32 * 1024;

    /** From the end of one side on: whoever reads the other one may pause. */
    private static final Duration CLOSES_WITHIN = Duration.ofMinutes(2);

    private static final Logger log = LoggerFactory.getLogger(Splice.class);

    private final NetSocket plain;
    private final WebSocketBase framed;
    private final Runnable onEnd;
    private final PeerPings pings;
    private final Timeout closing;

    /** Completes when the socket has taken what it was given last. */
    private Future<Void> taken = Future.succeededFuture();

    private boolean plainClosed;

    /** Whether the other end's socket has closed, or there is no other end any more. */
    private boolean otherClosed;

    private boolean ended;

    private Splice(Vertx vertx, NetSocket plain, WebSocketBase framed, Runnable onEnd) {
        this.plain = plain;
        this.framed = framed;
        this.onEnd = onEnd;
        this.closing = new Timeout(vertx);
        this.pings = new PeerPings(vertx, framed, this::close);
    }

    /**
     * Begins to copy.
     *
     * @param plain paused, with nothing read
     * @param framed just opened
     * @param onEnd called once, when both have closed
     */
    public static Splice join(Vertx vertx, NetSocket plain, WebSocketBase framed, Runnable onEnd) {
        var splice = new Splice(vertx, plain, framed, onEnd);
        splice.begin();
        return splice;
    }

    /** Ends both. */
    public void close() {
        framed.close().onFailure(gone -> log.trace("a tunnelled connection has closed already"));
        plainClose();
    }

    private void begin() {
        framed.exceptionHandler(broken -> log.debug("a tunnelled connection failed: {}", broken.getMessage()));
        plain.exceptionHandler(broken -> log.debug("a local connection failed: {}", broken.getMessage()));
        framed.frameHandler(this::fromFramed);
        framed.closeHandler(closed -> framedClosed());
        plain.closeHandler(closed -> plainClosed());
        plain.handler(this::fromPlain);
        plain.resume();
        if (framed.isClosed()) {
            framedClosed();
        }
    }

    private void fromPlain(Buffer bytes) {
        for (int from = 0; from < bytes.length(); from += LARGEST_FRAME) {
            Buffer part = bytes.slice(from, Math.min(bytes.length(), from + LARGEST_FRAME));
            write(WebSocketFrame.binaryFrame(part, true));
        }
        if (framed.writeQueueFull()) {
            plain.pause();
            framed.drainHandler(drained -> plain.resume());
        }
    }

    private void fromFramed(WebSocketFrame frame) {
        pings.heard();
        if (frame.isText()) {
            otherClosed = true;
            close(taken);
        } else if (frame.isBinary() && !plainClosed) {
            taken = plain.write(frame.binaryData());
            if (plain.writeQueueFull()) {
                pings.reads(false);
                framed.pause();
                plain.drainHandler(drained -> readOn());
            }
        }
    }

    private void readOn() {
        pings.reads(true);
        framed.resume();
    }

    /** The bytes before the end are read by whoever reads the socket, if it does so in time. */
    private void close(Future<Void> first) {
        closing.start(CLOSES_WITHIN, this::close);
        first.onComplete(written -> plainClose());
    }

    private void plainClosed() {
        plainClosed = true;
        if (otherClosed) {
            framed.close().onFailure(gone -> log.trace("a tunnelled connection has closed already"));
        } else {
            // It may be paused for a socket that is gone.
            readOn();
            write(WebSocketFrame.textFrame("end", true));
            closing.start(CLOSES_WITHIN, this::close);
        }
        endIfOver();
    }

    private void framedClosed() {
        otherClosed = true;
        pings.stop();
        plainClose();
        endIfOver();
    }

    private void plainClose() {
        plain.close().onFailure(gone -> log.trace("a local connection has closed already"));
    }

    private void endIfOver() {
        if (plainClosed && framed.isClosed() && !ended) {
            ended = true;
            closing.cancel();
            pings.stop();
            onEnd.run();
        }
    }

    private void write(WebSocketFrame frame) {
        // A failed write means that the socket is closing; its close handler reports it.
        framed.writeFrame(frame).onFailure(closed -> log.trace("a tunnelled connection takes no more"));
    }
}
