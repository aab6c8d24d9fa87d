package io.dockrelay.docker;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

import com.fasterxml.jackson.databind.ObjectReader;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;

import io.dockrelay.docker.stream.BodyStream;

/**
 * Decodes the objects of a {@link BodyStream}. Fetches bytes only when there is demand and no object is left of the
 * last buffer, so it holds the objects of one buffer at most. All state belongs to the caller's context; methods switch
 * to it.
 */
final class JsonBodyStream<T> implements JsonStream<T> {

    /** In bytes; the largest stats objects have about 20 KiB. */
    private static final int LARGEST = 4 * 1024 * 1024;

    private final Context context;
    private final BodyStream body;
    private final ObjectReader reader;
    private final EngineErrors failures;
    private final JsonSplitter splitter = new JsonSplitter(LARGEST);
    private final Deque<T> pending = new ArrayDeque<>();

    private long demand;
    /** True while a buffer has been fetched and has not arrived. */
    private boolean fetching;

    /** True after the body's end; objects may be left. */
    private boolean ended;

    /** True after the end was delivered, a failure or a cancel. */
    private boolean over;

    /** True while handlers are being called, which may increase the demand. */
    private boolean draining;

    private Handler<T> handler = ignored -> {};
    private Handler<Void> endHandler = ignored -> {};

    /** On the body's context. */
    JsonBodyStream(BodyStream body, ObjectReader reader, EngineErrors failures) {
        this.context = body.context();
        this.body = body;
        this.reader = reader;
        this.failures = failures;
        body.handler(this::parse);
        body.endHandler(end -> finish());
    }

    @Override
    public JsonStream<T> handler(Handler<T> listener) {
        onContext(() -> handler = listener == null ? ignored -> {} : listener);
        return this;
    }

    @Override
    public JsonStream<T> endHandler(Handler<Void> listener) {
        onContext(() -> endHandler = listener == null ? ignored -> {} : listener);
        return this;
    }

    @Override
    public JsonStream<T> exceptionHandler(Handler<Throwable> listener) {
        body.exceptionHandler(
                listener == null
                        ? null
                        : cause -> {
                            over = true;
                            listener.handle(cause);
                        });
        return this;
    }

    @Override
    public JsonStream<T> pause() {
        onContext(() -> demand = 0);
        return this;
    }

    @Override
    public JsonStream<T> resume() {
        return fetch(Long.MAX_VALUE);
    }

    @Override
    public JsonStream<T> fetch(long amount) {
        onContext(() -> {
            demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
            drain();
        });
        return this;
    }

    @Override
    public void cancel() {
        body.cancel();
        onContext(() -> {
            over = true;
            pending.clear();
        });
    }

    private void parse(Buffer buffer) {
        fetching = false;
        try {
            splitter.feed(buffer.getBytes(), this::read);
        } catch (DockerEngineException unreadable) {
            body.fail(unreadable);
            return;
        }
        drain();
    }

    private void read(byte[] object) {
        try {
            pending.add(reader.readValue(object));
        } catch (IOException e) {
            throw failures.unreadable(e);
        }
    }

    private void finish() {
        ended = true;
        drain();
    }

    private void drain() {
        if (draining || over) {
            return;
        }
        draining = true;
        try {
            deliver();
        } finally {
            draining = false;
        }
        if (!over && pending.isEmpty()) {
            fetchOrEnd();
        }
    }

    private void deliver() {
        while (demand > 0 && !over && !pending.isEmpty()) {
            if (demand != Long.MAX_VALUE) {
                demand--;
            }
            handler.handle(pending.poll());
        }
    }

    private void fetchOrEnd() {
        if (ended) {
            over = true;
            endHandler.handle(null);
        } else if (demand > 0 && !fetching) {
            fetching = true;
            body.fetch(1);
        }
    }

    private void onContext(Runnable step) {
        if (context.equals(Vertx.currentContext())) {
            step.run();
        } else {
            context.runOnContext(now -> step.run());
        }
    }
}
