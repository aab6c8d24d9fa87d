package io.dockrelay.listener;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import io.vertx.core.http.WebSocketFrame;

/**
 * Joins the frames of one client into text messages and detects protocol violations. Vert.x's own joining drops a
 * message that grew too big and continues with its rest, loses a message that begins with an empty frame, and repairs
 * invalid UTF-8. One per socket, on its context; no I/O.
 */
final class MessageAssembly {

    /** The largest message that a client may send, in bytes. */
    static final int LARGEST = 64 * 1024;

    private final ByteArrayOutputStream joined = new ByteArrayOutputStream();

    /** True between the first and the last frame of a message. */
    private boolean open;

    /** The result of a frame: a complete message, a reason to close, or neither yet. */
    record Outcome(String message, CloseCode violation) {

        private static final Outcome NOT_YET = new Outcome(null, null);

        Optional<String> text() {
            return Optional.ofNullable(message);
        }
    }

    Outcome take(WebSocketFrame frame) {
        if (frame.isBinary()) {
            return new Outcome(null, CloseCode.UNSUPPORTED);
        }
        if (!frame.isText() && !(frame.isContinuation() && open)) {
            return Outcome.NOT_YET;
        }
        byte[] part = frame.binaryData().getBytes();
        if (joined.size() + part.length > LARGEST) {
            joined.reset();
            return new Outcome(null, CloseCode.TOO_BIG);
        }
        joined.writeBytes(part);
        open = !frame.isFinal();
        return open ? Outcome.NOT_YET : whole();
    }

    private Outcome whole() {
        ByteBuffer bytes = ByteBuffer.wrap(joined.toByteArray());
        joined.reset();
        try {
            return new Outcome(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString(), null);
        } catch (CharacterCodingException broken) {
            return new Outcome(null, CloseCode.NOT_UTF8);
        }
    }
}
