package io.dockrelay.controller.logs.entries;

import io.vertx.core.buffer.Buffer;

import io.dockrelay.docker.StdStreamDecoder;

/** Cuts the engine's bytes, which arrive cut anywhere, into entries. One for each read. */
public sealed interface EntryDecoder permits MultiplexedDecoder, TtyDecoder {

    /** Longer entries are cut: twenty times what an engine writes at once. */
    int LONGEST_ENTRY = 1 << 20;

    static EntryDecoder of(boolean terminal, EntryReader entries) {
        return terminal ? new TtyDecoder(entries) : new MultiplexedDecoder(entries);
    }

    /** The next bytes. */
    void feed(byte[] bytes);

    /** The next bytes. */
    default void feed(Buffer buffer) {
        feed(buffer.getBytes());
    }

    /** The engine has ended the log by itself: what is left over is an entry. */
    void end();

    /** The letter of an engine's stream number. */
    static char letter(int stream) {
        return stream == StdStreamDecoder.STDERR ? 'e' : 'o';
    }
}
