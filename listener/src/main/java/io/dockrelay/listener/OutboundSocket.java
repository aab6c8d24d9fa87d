package io.dockrelay.listener;

import java.nio.charset.StandardCharsets;
import java.util.function.LongSupplier;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.http.WebSocketBase;

/**
 * The sending side of one WebSocket, bounded in bytes: what has been offered and is not yet with the kernel counts, and
 * beyond the capacity nothing more is taken. Owned by the session of that socket; made and used on the socket's own
 * context only; ends with the socket.
 *
 * <p>Who has more to send than fits either waits ({@link #ready} and {@link #onReady}) or is told by {@code false} from
 * {@link #offer(byte[])} and decides: leave lines out with a gap, or {@link #close} with {@link CloseCode#TOO_SLOW}.
 */
public final class OutboundSocket {

    private final WebSocketBase socket;
    private final LongSupplier capacity;

    /** Bytes offered and not yet with the kernel. */
    private long pending;

    /** True from the moment {@link #ready} was false, or an offer refused, until the callback has been told. */
    private boolean waiting;

    private Runnable onReady = () -> {};

    /** @param capacity in bytes; a single message may be larger when nothing else is pending */
    public OutboundSocket(WebSocketBase socket, long capacity) {
        this(socket, () -> capacity);
    }

    /** @param capacity the same, where it changes: what is pending already stays */
    public OutboundSocket(WebSocketBase socket, LongSupplier capacity) {
        this.socket = socket;
        this.capacity = capacity;
    }

    /** Called on the socket's context each time the socket has become ready again after it was not. */
    public void onReady(Runnable callback) {
        onReady = callback;
    }

    /** Sends one text message; false, and nothing is sent, when it does not fit. A closed socket takes everything. */
    public boolean offer(byte[] utf8) {
        if (socket.isClosed()) {
            return true;
        }
        if (pending > 0 && pending + utf8.length > capacity.getAsLong()) {
            waiting = true;
            return false;
        }
        pending += utf8.length;
        TextFrames.write(socket, utf8).onComplete(result -> written(utf8.length, result));
        return true;
    }

    /** The same for a text. */
    public boolean offer(String text) {
        return offer(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether less than half of the capacity is pending: the time for more. */
    public boolean ready() {
        boolean ready = pending <= capacity.getAsLong() / 2;
        waiting |= !ready;
        return ready;
    }

    /** Bytes offered and not yet with the kernel. */
    public long pending() {
        return pending;
    }

    public boolean isClosed() {
        return socket.isClosed();
    }

    /** Closes the socket; what is pending goes first. */
    public Future<Void> close(CloseCode code) {
        return code.close(socket);
    }

    /** A failed write means that the socket is closing, which its close handler tells. */
    private void written(int length, AsyncResult<Void> result) {
        pending -= length;
        if (waiting && pending <= capacity.getAsLong() / 2 && result.succeeded()) {
            waiting = false;
            onReady.run();
        }
    }
}
