package io.dockrelay.controller.server;

import io.dockrelay.listener.OutboundSocket;
import io.dockrelay.protocol.wire.BinaryMessage;

/** One message of a log to its client. Immutable. */
sealed interface ClientLogMessage {

    /** What it counts against credit, in bytes. */
    int credit();

    /** Sends it; returns false and sends nothing if the socket does not take it now. */
    boolean offerTo(OutboundSocket out);

    /** JSON in UTF-8. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Text(byte[] utf8) implements ClientLogMessage {

        @Override
        public int credit() {
            return utf8.length;
        }

        @Override
        public boolean offerTo(OutboundSocket out) {
            return out.offer(utf8);
        }
    }

    /** For a client that asked for it. */
    record Binary(BinaryMessage message) implements ClientLogMessage {

        @Override
        public int credit() {
            return message.credit();
        }

        @Override
        public boolean offerTo(OutboundSocket out) {
            return out.offer(message);
        }
    }
}
