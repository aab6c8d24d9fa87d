package io.dockrelay.docker;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;

import io.dockrelay.docker.stream.BodyStream;

/**
 * A log as the body of a response. Passes every call to the {@link BodyStream}; only {@link #multiplexed()} is its own.
 * For any thread; ends with the body.
 */
record LogBodyStream(BodyStream body, boolean multiplexed) implements LogStream {

    @Override
    public void cancel() {
        body.cancel();
    }

    @Override
    @CanIgnoreReturnValue
    public LogStream handler(Handler<Buffer> listener) {
        body.handler(listener);
        return this;
    }

    @Override
    @CanIgnoreReturnValue
    public LogStream endHandler(Handler<Void> listener) {
        body.endHandler(listener);
        return this;
    }

    @Override
    @CanIgnoreReturnValue
    public LogStream exceptionHandler(Handler<Throwable> listener) {
        body.exceptionHandler(listener);
        return this;
    }

    @Override
    public LogStream pause() {
        body.pause();
        return this;
    }

    @Override
    public LogStream resume() {
        body.resume();
        return this;
    }

    @Override
    @CanIgnoreReturnValue
    public LogStream fetch(long amount) {
        body.fetch(amount);
        return this;
    }
}
