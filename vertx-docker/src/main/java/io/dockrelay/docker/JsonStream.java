package io.dockrelay.docker;

import io.vertx.core.streams.ReadStream;

/**
 * An endless answer of the engine, one JSON object after the other, as docker-java's models. Handed over paused, with
 * the same meaning of end, exception and cancel as {@link LogStream}. Used on the Vert.x context it was asked from.
 *
 * @param <T> {@code Event} or {@code Statistics}
 */
public interface JsonStream<T> extends ReadStream<T> {

    /** Ends it now and closes its connection. Idempotent; no handler is called afterwards. */
    void cancel();
}
