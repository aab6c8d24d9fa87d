package io.dockrelay.docker.stream;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.net.NetSocket;
import io.vertx.core.streams.ReadStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The body of a response that may be endless. Paused until the first demand. The head of the response may arrive later
 * than the stream is handed over: Podman and some socket proxies send nothing before a container's first line, and the
 * reader must not wait for that. Owns one connection, which ends with it. Handlers run on the caller's context; methods
 * may be called from any thread.
 */
public final class BodyStream implements ReadStream<Buffer> {

    private static final Logger LOG = LoggerFactory.getLogger(BodyStream.class);

    private final Context context;
    private final NetSocket socket;
    private final StreamErrors errors;
    private final String contentType;

    /** Null until the head has arrived; then used on the context only. */
    private BodyFraming framing;

    private final ReadPacing pacing = new ReadPacing();
    private final ReadSwitch reading;

    // All below guarded by this.

    /**
     * The part of the body that arrived with the head, until there is demand. Null before the head and after delivery.
     */
    private Buffer first;

    /** Demand that could not be passed to the socket yet. */
    private long demand;

    private Handler<Buffer> handler;
    private Handler<Void> endHandler;
    private Handler<Throwable> exceptionHandler;
    /** A failure that occurred before an exception handler was set. */
    private Throwable unreported;

    /** True once demand goes directly to the socket. */
    private boolean flowing;

    /** True while the demand is unlimited (flowing mode). */
    private boolean unlimited;

    /** True from the beginning of a pacing pause to its end, whatever the demand is meanwhile. */
    private boolean resting;

    /** True after the end, a failure or a cancel: nothing is delivered any more. */
    private boolean over;

    BodyStream(Context context, NetSocket socket, StreamErrors errors, String contentType) {
        this.context = context;
        this.socket = socket;
        this.reading = new ReadSwitch(socket);
        this.errors = errors;
        this.contentType = contentType;
    }

    /** The context on which the handlers run. */
    public Context context() {
        return context;
    }

    /** Null when the response has none, and when the stream was handed over before the head of the response. */
    public String contentType() {
        return contentType;
    }

    /**
     * The head has arrived. Called on the context, in the callback that received it.
     *
     * @param rest what arrived after the head in the same piece
     */
    void attach(BodyFraming body, byte[] rest) {
        socket.pause();
        framing = body;
        Buffer payload = unwrap(rest);
        synchronized (this) {
            first = payload;
        }
        socket.handler(this::received);
        socket.exceptionHandler(cause -> fail(errors.of(cause)));
        socket.endHandler(closed -> closed());
        begin();
    }

    /**
     * The connection broke, or the body was not understood. On the context. Reported once to the exception handler: at
     * once, or when one is set.
     */
    public void fail(RuntimeException cause) {
        Handler<Throwable> listener;
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
            listener = exceptionHandler;
            unreported = listener == null ? cause : null;
        }
        disconnect();
        if (listener != null) {
            listener.handle(cause);
        }
    }

    /** Ends the stream and closes its connection. Idempotent; no handler is called afterwards. */
    public void cancel() {
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
        }
        disconnect();
    }

    @Override
    @CanIgnoreReturnValue
    public synchronized BodyStream handler(Handler<Buffer> listener) {
        handler = listener;
        return this;
    }

    @Override
    @CanIgnoreReturnValue
    public synchronized BodyStream endHandler(Handler<Void> listener) {
        endHandler = listener;
        return this;
    }

    @Override
    @CanIgnoreReturnValue
    public synchronized BodyStream exceptionHandler(Handler<Throwable> listener) {
        exceptionHandler = listener;
        if (listener != null && unreported != null) {
            Throwable cause = unreported;
            unreported = null;
            context.runOnContext(later -> listener.handle(cause));
        }
        return this;
    }

    @Override
    @CanIgnoreReturnValue
    public synchronized BodyStream pause() {
        demand = 0;
        unlimited = false;
        if (flowing) {
            socket.pause();
            reading.want(false);
        }
        return this;
    }

    @Override
    @CanIgnoreReturnValue
    public BodyStream resume() {
        return fetch(Long.MAX_VALUE);
    }

    @Override
    @CanIgnoreReturnValue
    public synchronized BodyStream fetch(long amount) {
        unlimited |= amount == Long.MAX_VALUE;
        if (flowing) {
            socket.fetch(amount);
            reading.want(!resting || !unlimited);
            return this;
        }
        boolean begins = first != null && demand == 0;
        demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
        if (begins) {
            context.runOnContext(later -> begin());
        }
        return this;
    }

    /** Delivers what arrived with the head, as soon as there is demand; from then on demand goes to the socket. */
    private void begin() {
        Buffer payload;
        synchronized (this) {
            if (flowing || over || demand == 0) {
                return;
            }
            payload = first;
            first = null;
            flowing = true;
            boolean counts = payload.length() > 0 && demand != Long.MAX_VALUE;
            long left = demand - (counts ? 1 : 0);
            if (left > 0) {
                socket.fetch(left);
            }
        }
        deliver(payload);
    }

    private void received(Buffer buffer) {
        Buffer payload = unwrap(buffer.getBytes());
        if (payload.length() == 0 && !framing.ended()) {
            // Only framing between two chunks: it does not count against the demand.
            socket.fetch(1);
        }
        deliver(payload);
        if (pacing.read(System.nanoTime())) {
            rest();
        }
    }

    /**
     * The kernel collects bytes during the pause, and one read returns them all. A caller that fetches piece by piece
     * paces itself.
     */
    private synchronized void rest() {
        if (unlimited && !resting && !over) {
            resting = true;
            reading.want(false);
            reading.later(ReadPacing.PAUSE_MS, this::endRest);
        }
    }

    private synchronized void endRest() {
        resting = false;
        if (unlimited && !over) {
            reading.want(true);
        }
    }

    /** The bytes of the body. Empty when the framing is malformed, which also ends the stream. */
    private Buffer unwrap(byte[] bytes) {
        try {
            int kept = framing.unwrap(bytes);
            Buffer all = Buffer.buffer(bytes);
            return kept == bytes.length ? all : all.slice(0, kept);
        } catch (MalformedResponseException malformed) {
            fail(errors.of(malformed));
            return Buffer.buffer();
        }
    }

    private void deliver(Buffer payload) {
        Handler<Buffer> listener;
        synchronized (this) {
            listener = over || payload.length() == 0 ? null : handler;
        }
        if (listener != null) {
            listener.handle(payload);
        }
        if (framing.ended()) {
            finish();
        }
    }

    private void closed() {
        if (framing.endsWithConnection()) {
            finish();
        } else {
            fail(errors.of(new HttpClosedException("Connection was closed")));
        }
    }

    private void finish() {
        Handler<Void> listener;
        synchronized (this) {
            listener = over ? null : endHandler;
            over = true;
        }
        disconnect();
        if (listener != null) {
            listener.handle(null);
        }
    }

    private void disconnect() {
        socket.close().onFailure(alreadyClosed -> LOG.debug("Already closed: {}", alreadyClosed.toString()));
    }
}
