package io.dockrelay.docker;

import io.vertx.core.streams.ReadStream;

/**
 * An endless response of the engine: JSON objects, decoded to docker-java's models. Handed over paused. End, exception
 * and cancel mean the same as for {@link LogStream}. Handlers run on the Vert.x context of the caller.
 *
 * @param <T> {@code Event} or {@code Statistics}
 */
public interface JsonStream<T> extends ReadStream<T> {

    /** Ends the stream and closes its connection. Idempotent; no handler is called afterwards. */
    void cancel();
}
