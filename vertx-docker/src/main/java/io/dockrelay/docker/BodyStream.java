package io.dockrelay.docker;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.VertxException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The body of an answer that may be endless, paused until somebody wants it. The head of the answer may still be to
 * come: Podman and some socket proxies send nothing before a container's first line, and its reader must not wait for
 * that. It has a connection of its own, which ends with it. Handlers run on the context of whoever asked; methods may be
 * called from any thread.
 */
final class BodyStream implements LogStream {

    private static final Logger LOG = LoggerFactory.getLogger(BodyStream.class);

    private final Context context;
    private final NetSocket socket;
    private final EngineErrors failures;
    private final boolean multiplexed;

    /** Null until the head has come; then used on the context only. */
    private BodyFraming framing;

    private final ReadPacing pace = new ReadPacing();
    private final ReadSwitch reading;

    // All below guarded by this.
    /** What came with the head, until somebody wants it. Null before the head and from then on. */
    private Buffer first;
    /** What was asked for while it could not be passed on to the socket. */
    private long demand;

    private Handler<Buffer> handler;
    private Handler<Void> endHandler;
    private Handler<Throwable> exceptionHandler;
    /** A failure that came before there was a handler for it. */
    private Throwable unheard;
    /** True once the socket's own demand is ours. */
    private boolean flowing;
    /** True while somebody wants whatever comes. */
    private boolean unlimited;
    /** True from a rest's beginning to its end, whatever is asked for meanwhile. */
    private boolean resting;
    /** True after the end, a failure or a cancel: nothing is delivered any more. */
    private boolean over;

    BodyStream(Context context, NetSocket socket, EngineErrors failures, boolean multiplexed) {
        this.context = context;
        this.socket = socket;
        this.reading = new ReadSwitch(socket);
        this.failures = failures;
        this.multiplexed = multiplexed;
    }

    /**
     * The head has come. On the context, in the callback that brought it.
     *
     * @param rest what came behind the head in the same piece
     */
    void attach(BodyFraming body, byte[] rest) {
        socket.pause();
        framing = body;
        Buffer payload = unwrap(rest);
        synchronized (this) {
            first = payload;
        }
        socket.handler(this::received);
        socket.exceptionHandler(cause -> fail(failures.of(cause)));
        socket.endHandler(closed -> closed());
        begin();
    }

    /**
     * On the context: the connection broke, or what came was not understood. Said once, to the exception handler, at
     * once or when there is one.
     */
    void fail(DockerEngineException cause) {
        Handler<Throwable> listener;
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
            listener = exceptionHandler;
            unheard = listener == null ? cause : null;
        }
        disconnect();
        if (listener != null) {
            listener.handle(cause);
        }
    }

    @Override
    public boolean multiplexed() {
        return multiplexed;
    }

    @Override
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
        if (listener != null && unheard != null) {
            Throwable cause = unheard;
            unheard = null;
            context.runOnContext(later -> listener.handle(cause));
        }
        return this;
    }

    @Override
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

    /** Hands over what came with the head, as soon as it is wanted; from then on the socket counts. */
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
            // Nothing but what stands between two chunks: it was not what was asked for.
            socket.fetch(1);
        }
        deliver(payload);
        if (pace.read(System.nanoTime())) {
            rest();
        }
    }

    /** The kernel gathers what comes meanwhile, and a read brings it all. Who fetches piece by piece has a pace of its own. */
    private synchronized void rest() {
        if (unlimited && !resting && !over) {
            resting = true;
            reading.want(false);
            reading.later(ReadPacing.REST_MS, this::goOn);
        }
    }

    private synchronized void goOn() {
        resting = false;
        if (unlimited && !over) {
            reading.want(true);
        }
    }

    /** What belongs to the body; nothing when it is not understood, which ends the stream. */
    private Buffer unwrap(byte[] bytes) {
        try {
            int kept = framing.unwrap(bytes);
            Buffer all = Buffer.buffer(bytes);
            return kept == bytes.length ? all : all.slice(0, kept);
        } catch (DockerEngineException unreadable) {
            fail(unreadable);
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
            fail(failures.of(VertxException.noStackTrace("Connection was closed")));
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
        socket.close().onFailure(cause -> LOG.debug("A stream was already closed: {}", cause.toString()));
    }
}
