package io.dockrelay.controller.logs.entries;

import io.vertx.core.buffer.Buffer;

/** Cuts the engine's bytes, which arrive cut anywhere, into entries. One per read; made by {@link EntryDecoderFactory}. */
public interface EntryDecoder {

    /** The next bytes. */
    void feed(byte[] bytes);

    /** The next bytes. */
    default void feed(Buffer buffer) {
        feed(buffer.getBytes());
    }

    /** The engine has ended the log by itself: bytes that wait for more are an entry. */
    void end();
}
