package io.dockrelay.e2e.bench;

import java.io.IOException;

/** Decodes the length-prefixed pieces of a connection: HTTP chunks or WebSocket frames. For one thread. */
interface PieceFraming {

    /** Receives the content; a piece may arrive in several parts. */
    interface Inside {
        void bytes(byte[] bytes, int from, int to);
    }

    /** @param to index after the last byte that was read */
    void feed(byte[] bytes, int from, int to, Inside inside) throws IOException;
}
