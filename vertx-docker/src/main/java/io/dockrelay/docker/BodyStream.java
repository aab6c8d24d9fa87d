package io.dockrelay.docker;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The body of an answer that may be endless, paused until somebody wants it. The head of the answer may still be to
 * come: Podman and some socket proxies send nothing before a container's first line, and its reader must not wait for
 * that. Handlers run on the context of whoever asked; methods may be called from any thread.
 */
final class BodyStream implements LogStream {

    private static final Logger LOG = LoggerFactory.getLogger(BodyStream.class);

    private final Context context;
    private final HttpClientRequest request;
    private final Failures failures;
    private final boolean multiplexed;

    // All guarded by this.
    private HttpClientResponse response;
    /** What was asked for before the response came. */
    private long demand;

    private Handler<Buffer> handler;
    private Handler<Void> endHandler;
    private Handler<Throwable> exceptionHandler;
    /** A failure that came before there was a handler for it. */
    private Throwable unheard;
    /** True after the end, a failure or a cancel: nothing is delivered any more. */
    private boolean over;

    BodyStream(Context context, HttpClientRequest request, Failures failures, boolean multiplexed) {
        this.context = context;
        this.request = request;
        this.failures = failures;
        this.multiplexed = multiplexed;
    }

    /** The head has come. On the context, in the callback that brought it, with the response paused. */
    synchronized void attach(HttpClientResponse arrived) {
        response = arrived;
        arrived.exceptionHandler(cause -> fail(failures.of(cause)));
        arrived.endHandler(end -> finish());
        arrived.handler(this::deliver);
        if (over) {
            reset();
        } else if (demand > 0) {
            arrived.fetch(demand);
        }
    }

    /** On the context. Said once, to the exception handler, at once or when there is one. */
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
        if (listener != null) {
            listener.handle(cause);
        }
    }

    /** As {@link #fail}, and the connection goes too: what came was not understood. */
    void abort(DockerEngineException cause) {
        fail(cause);
        reset();
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
        reset();
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
        if (response != null) {
            response.pause();
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
        if (response != null) {
            response.fetch(amount);
        } else {
            demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
        }
        return this;
    }

    private void deliver(Buffer buffer) {
        Handler<Buffer> listener;
        synchronized (this) {
            listener = over ? null : handler;
        }
        if (listener != null) {
            listener.handle(buffer);
        }
    }

    private void finish() {
        Handler<Void> listener;
        synchronized (this) {
            listener = over ? null : endHandler;
            over = true;
        }
        if (listener != null) {
            listener.handle(null);
        }
    }

    private void reset() {
        request.reset().onFailure(cause -> LOG.debug("A stream was already closed: {}", cause.toString()));
    }
}
