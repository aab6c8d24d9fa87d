package io.dockrelay.listener;

import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.http.WebSocketBase;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.http.WebSocketFrameType;
import io.vertx.core.http.impl.ws.WebSocketFrameImpl;

/**
 * Writes text messages from bytes that are already UTF-8. Vert.x's API takes a String, which would decode and encode
 * each log batch once per subscriber; the internal frame class takes the bytes, and only this file uses it.
 */
final class TextFrames {

    /** In bytes. Vert.x's clients accept frames up to this size by default; longer messages are split. */
    static final int LARGEST = 64 * 1024;

    private TextFrames() {}

    /**
     * Writes one message; the bytes must not change afterwards. The future completes when the kernel has the last byte.
     */
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
