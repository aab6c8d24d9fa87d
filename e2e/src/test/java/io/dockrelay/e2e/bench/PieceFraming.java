package io.dockrelay.e2e.bench;

import java.io.IOException;

/** Takes the length-prefixed pieces of a connection apart: HTTP chunks or WebSocket frames. For one thread. */
interface PieceFraming {

    /** Gets what is inside; a piece may come in several parts. */
    interface Inside {
        void bytes(byte[] bytes, int from, int to);
    }

    /** @param to behind the last byte that was read */
    void feed(byte[] bytes, int from, int to, Inside inside) throws IOException;
}
