package io.dockrelay.relay.uplink;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketFrame;

/** Joins the frames of a message as bytes, so that log lines need not become strings. For one connection. */
final class MessageReassembly {

    /** A whole message, whose bytes are not used elsewhere. */
    sealed interface Message {

        @SuppressWarnings("ArrayRecordComponent") // never compared
        record Text(byte[] utf8) implements Message {}

        @SuppressWarnings("ArrayRecordComponent") // never compared
        record Binary(byte[] bytes) implements Message {}
    }

    private final int mostBytes;

    /** The incomplete message; null between messages. */
    private Buffer begun;

    /** Whether the incomplete message is text. */
    private boolean text;

    MessageReassembly(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    /**
     * The message that this frame completes; null when it completes none.
     *
     * @throws IllegalArgumentException when the message is too large
     */
    Message add(WebSocketFrame frame) {
        if (frame.isText() || frame.isBinary()) {
            begun = null;
            text = frame.isText();
            if (frame.isFinal()) {
                return message(bounded(frame.binaryData()));
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
        Buffer whole = begun;
        begun = null;
        return message(whole);
    }

    private Message message(Buffer whole) {
        byte[] bytes = whole.getBytes();
        return text ? new Message.Text(bytes) : new Message.Binary(bytes);
    }

    private Buffer bounded(Buffer message) {
        if (message.length() > mostBytes) {
            throw new IllegalArgumentException("it sent a message of more than " + mostBytes + " bytes");
        }
        return message;
    }
}
