package io.dockrelay.listener;

import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.http.WebSocketBase;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.http.WebSocketFrameType;
import io.vertx.core.http.impl.ws.WebSocketFrameImpl;

/**
 * Text messages from bytes that are UTF-8 already. Vert.x's API takes a String, which would decode and encode every log
 * batch once for each of its readers; the frame class behind that API takes the bytes, and only this file knows it.
 */
final class TextFrames {

    /** Vert.x's clients accept frames up to this size unless told otherwise; longer messages go in several. */
    static final int LARGEST = 64 * 1024;

    private TextFrames() {}

    /** Writes one message; the bytes must not change afterwards. The future ends when the last is with the kernel. */
    static Future<Void> write(WebSocketBase socket, byte[] utf8) {
        Future<Void> written = socket.writeFrame(frame(utf8, 0));
        for (int from = LARGEST; from < utf8.length && !written.failed(); from += LARGEST) {
            written = socket.writeFrame(frame(utf8, from));
        }
        return written;
    }

    private static WebSocketFrame frame(byte[] utf8, int from) {
        int length = Math.min(LARGEST, utf8.length - from);
        WebSocketFrameType type = from == 0 ? WebSocketFrameType.TEXT : WebSocketFrameType.CONTINUATION;
        return new WebSocketFrameImpl(type, Unpooled.wrappedBuffer(utf8, from, length), from + length == utf8.length);
    }
}
