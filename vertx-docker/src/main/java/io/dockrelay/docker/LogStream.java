package io.dockrelay.docker;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;

/**
 * A container's log as the engine sends it. Handed over paused: set the handlers, then {@code resume()} or {@code
 * fetch(n)}. While it is paused, back-pressure on the socket stops the engine and nothing is queued here.
 *
 * <p>The {@code endHandler} means that the engine ended the log: everything was read, or a followed container stopped.
 * The {@code exceptionHandler} means that the connection broke, with a {@link DockerEngineException}; no end follows.
 * After {@link #cancel()} neither is called.
 *
 * <p>Buffers cut the log anywhere; a {@link StdStreamDecoder} restores the frames. Owned by the caller that opened it,
 * and used on the Vert.x context of that caller.
 */
public interface LogStream extends ReadStream<Buffer> {

    /** True if the bytes are frames of stdout and stderr; false if they are a terminal's raw output. */
    boolean multiplexed();

    /** Ends the stream and closes its connection. Idempotent; no handler is called afterwards. */
    void cancel();
}
