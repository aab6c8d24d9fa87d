package io.dockrelay.listener;

import java.nio.charset.StandardCharsets;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.http.WebSocketBase;

import io.dockrelay.protocol.wire.BinaryMessage;

/**
 * The sending side of one WebSocket, bounded in bytes: bytes that were offered and not yet passed to the kernel are
 * pending, and beyond the capacity (the high-water mark) no message is accepted. Owned by the session of that socket;
 * created and used on the socket's own context only; ends with the socket.
 *
 * <p>A sender whose message does not fit either waits for the low-water mark ({@link #ready} and {@link #onReady}), or
 * gets {@code false} from {@link #offer(byte[])} and decides: skip lines with a gap, or close the {@link ClientSocket} with
 * {@link CloseCode#TOO_SLOW}.
 */
public final class OutboundSocket {

    private final WebSocketBase socket;
    private final LongSupplier capacity;

    /** What each text message becomes; null to leave it out. */
    private final UnaryOperator<byte[]> form;

    /** The last message that did not fit, and what it becomes; null for none. */
    private byte[] refused;

    private byte[] refusedForm;

    /** Bytes offered and not yet passed to the kernel. */
    private long pending;

    /** True since {@link #ready} returned false or an offer was refused, until the callback has been called. */
    private boolean waiting;

    private Runnable onReady = () -> {};

    /** @param capacity in bytes; a single message may be larger when nothing else is pending */
    OutboundSocket(WebSocketBase socket, long capacity) {
        this(socket, () -> capacity, UnaryOperator.identity());
    }

    /**
     * @param capacity in bytes; may change, pending messages stay
     * @param form what each text message becomes on its way, null to leave it out; called once for each if a message that did
     *     not fit is offered again before any other
     */
    OutboundSocket(WebSocketBase socket, LongSupplier capacity, UnaryOperator<byte[]> form) {
        this.socket = socket;
        this.capacity = capacity;
        this.form = form;
    }

    /** Called on the socket's context each time the socket becomes ready again. */
    public void onReady(Runnable callback) {
        onReady = callback;
    }

    /**
     * Sends one text message; returns false and sends nothing when it does not fit. A closed socket accepts and drops
     * it.
     */
    @SuppressWarnings("ReferenceEquality") // the same message, offered again
    public boolean offer(byte[] utf8) {
        if (socket.isClosed()) {
            return true;
        }
        byte[] frame = utf8 == refused ? refusedForm : form.apply(utf8);
        if (frame == null) {
            return true;
        }
        boolean sent = offer(frame.length, () -> {
            refused = null;
            refusedForm = null;
            return DataFrames.write(socket, frame);
        });
        if (!sent) {
            refused = utf8;
            refusedForm = frame;
        }
        return sent;
    }

    /** The same for a text. */
    public boolean offer(String text) {
        return offer(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The same for a binary message. */
    public boolean offer(BinaryMessage message) {
        return offer(message.size(), () -> DataFrames.write(socket, message));
    }

    private boolean offer(int size, Supplier<Future<Void>> writing) {
        if (socket.isClosed()) {
            return true;
        }
        if (pending > 0 && pending + size > capacity.getAsLong()) {
            waiting = true;
            return false;
        }
        pending += size;
        writing.get().onComplete(result -> written(size, result));
        return true;
    }

    /** Whether at most half of the capacity (the low-water mark) is pending, so that more may be sent. */
    public boolean ready() {
        boolean ready = pending <= capacity.getAsLong() / 2;
        waiting |= !ready;
        return ready;
    }

    /** Bytes offered and not yet passed to the kernel. */
    public long pending() {
        return pending;
    }

    public boolean isClosed() {
        return socket.isClosed();
    }

    /** A failed write means that the socket is closing; its close handler reports it. */
    private void written(int length, AsyncResult<Void> result) {
        pending -= length;
        if (waiting && pending <= capacity.getAsLong() / 2 && result.succeeded()) {
            waiting = false;
            onReady.run();
        }
    }
}
