package io.dockrelay.client;

import java.util.ArrayDeque;
import java.util.Deque;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.streams.ReadStream;

/**
 * A stream of what happens at controllers. It begins by itself; items wait for the first {@link #handler}. {@link #pause},
 * {@link #fetch} and {@link #resume} control its speed, and each feed says what becomes of items that wait. A feed that fails
 * calls the exception handler once and then the end handler; one that is closed calls the end handler.
 *
 * <p>All handlers run on the context from which the feed was requested. The methods may be called from any thread; from the
 * feed's own context they take effect at once.
 *
 * @param <T> the type of its items, which are immutable
 */
public abstract class Feed<T> implements ReadStream<T> {

    private final ContextInternal context;
    private final Deque<T> waiting = new ArrayDeque<>();

    /** Null for none, like the other two. */
    private Handler<T> handler;

    private Handler<Throwable> failureHandler;
    private Handler<Void> endHandler;

    /** Items that the reader takes; {@link Long#MAX_VALUE} for all. */
    private long demand = Long.MAX_VALUE;

    private boolean emitting;
    private boolean ended;

    /** Whether the end was reported. */
    private boolean reported;

    /** Null if the feed was closed, or has ended well. */
    private Throwable failure;

    Feed(Vertx vertx) {
        context = ((VertxInternal) vertx).getOrCreateContext().unwrap();
    }

    @Override
    @CanIgnoreReturnValue
    public final Feed<T> handler(Handler<T> handler) {
        return on(() -> this.handler = handler);
    }

    @Override
    @CanIgnoreReturnValue
    public final Feed<T> exceptionHandler(Handler<Throwable> handler) {
        return on(() -> failureHandler = handler);
    }

    @Override
    @CanIgnoreReturnValue
    public final Feed<T> endHandler(Handler<Void> handler) {
        return on(() -> endHandler = handler);
    }

    @Override
    @CanIgnoreReturnValue
    public final Feed<T> pause() {
        return on(() -> demand = 0);
    }

    @Override
    @CanIgnoreReturnValue
    public final Feed<T> resume() {
        return fetch(Long.MAX_VALUE);
    }

    /** @param amount of items, in addition to those that may come already; not negative */
    @Override
    @CanIgnoreReturnValue
    public final Feed<T> fetch(long amount) {
        if (amount < 0) {
            throw new IllegalArgumentException("the amount is negative: " + amount);
        }
        return on(() -> demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount);
    }

    /**
     * Ends the feed; items that wait are dropped. Calling it again does nothing.
     *
     * @return completes when the feed costs the controllers nothing more
     */
    public final Future<Void> close() {
        return context.future(promise -> context.emit(turn -> {
            waiting.clear();
            end(null);
            release().onComplete(promise);
        }));
    }

    /** Runs a step on the feed's context: now if this is it. */
    final void onContext(Runnable step) {
        context.emit(turn -> step.run());
    }

    /** Adds an item; on the feed's context. */
    final void offer(T item) {
        if (!ended) {
            waiting.add(item);
            pump();
        }
    }

    /** Drops the items that wait. */
    final void drop() {
        waiting.clear();
    }

    final int waiting() {
        return waiting.size();
    }

    /** Whether the reader would take an item now. */
    final boolean hungry() {
        return !ended && handler != null && demand > 0 && waiting.isEmpty();
    }

    final boolean isEnded() {
        return ended;
    }

    /**
     * No item follows; those that wait are delivered before. Whatever the feed has open is released.
     *
     * @param cause null for a good end
     */
    final void finish(Throwable cause) {
        if (!ended) {
            end(cause);
            var unused = release(); // The reader does not wait for it.
        }
    }

    /** The reader takes more, and nothing waits. */
    abstract void drained();

    /** Ends what the feed has open; may be called again. */
    abstract Future<Void> release();

    private void end(Throwable cause) {
        if (!ended) {
            ended = true;
            failure = cause;
            pump();
        }
    }

    private Feed<T> on(Runnable change) {
        onContext(() -> {
            change.run();
            pump();
        });
        return this;
    }

    private void pump() {
        if (emitting) {
            return;
        }
        emitting = true;
        while (handler != null && demand > 0 && !waiting.isEmpty()) {
            demand -= demand == Long.MAX_VALUE ? 0 : 1;
            // Reports what the handler throws to the context, like every other stream of Vert.x.
            context.dispatch(waiting.remove(), handler);
        }
        emitting = false;
        if (hungry()) {
            drained();
        } else if (ended && waiting.isEmpty()) {
            reportEnd();
        }
    }

    private void reportEnd() {
        if (failure != null && failureHandler != null) {
            Throwable reason = failure;
            failure = null;
            context.dispatch(reason, failureHandler);
        }
        if (!reported && endHandler != null) {
            reported = true;
            context.dispatch(null, endHandler);
        }
    }
}
