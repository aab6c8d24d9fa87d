package io.dockrelay.relay.uplink;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketFrame;

/**
 * Joins the frames of a text message as bytes, so that log lines need not become strings. Ignores binary messages. For one
 * connection.
 */
final class TextReassembly {

    private final int mostBytes;

    /** The incomplete message; null between messages, and during one that is not text. */
    private Buffer begun;

    TextReassembly(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    /**
     * The message that this frame completes; null when it completes none.
     *
     * @throws IllegalArgumentException when the message is too large
     */
    byte[] add(WebSocketFrame frame) {
        if (frame.isText()) {
            begun = null;
            if (frame.isFinal()) {
                return bounded(frame.binaryData()).getBytes();
            }
            begun = Buffer.buffer().appendBuffer(bounded(frame.binaryData()));
            return null;
        }
        if (!frame.isContinuation() || begun == null) {
            return null;
        }
        begun = bounded(begun.appendBuffer(frame.binaryData()));
        if (!frame.isFinal()) {
            return null;
        }
        byte[] whole = begun.getBytes();
        begun = null;
        return whole;
    }

    private Buffer bounded(Buffer message) {
        if (message.length() > mostBytes) {
            throw new IllegalArgumentException("it sent a message of more than " + mostBytes + " bytes");
        }
        return message;
    }
}
