package io.dockrelay.listener;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.http.WebSocketBase;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.http.WebSocketFrameType;
import io.vertx.core.http.impl.ws.WebSocketFrameImpl;

import io.dockrelay.protocol.wire.BinaryMessage;

/**
 * Writes messages from bytes as they are. Vert.x's API takes a String, which would decode and encode each log batch once
 * per subscriber; the internal frame class takes the bytes, and only this file uses it.
 */
final class DataFrames {

    /** In bytes. Vert.x's clients accept frames up to this size by default; longer messages are split. */
    static final int LARGEST = 64 * 1024;

    private DataFrames() {}

    /**
     * Writes one text message, which is UTF-8; the bytes must not change afterwards. The future completes when the kernel has
     * the last byte, here and below.
     */
    static Future<Void> write(WebSocketBase socket, byte[] utf8) {
        return write(socket, WebSocketFrameType.TEXT, Unpooled.wrappedBuffer(utf8));
    }

    /** Writes one binary message, whose parts are not copied. */
    static Future<Void> write(WebSocketBase socket, BinaryMessage message) {
        ByteBuf head = Unpooled.wrappedBuffer(message.head(), 0, message.headSize());
        return write(
                socket,
                WebSocketFrameType.BINARY,
                Unpooled.wrappedBuffer(head, Unpooled.wrappedBuffer(message.body())));
    }

    private static Future<Void> write(WebSocketBase socket, WebSocketFrameType type, ByteBuf bytes) {
        int size = bytes.readableBytes();
        Future<Void> written = socket.writeFrame(frame(type, bytes, 0, size));
        for (int from = LARGEST; from < size && !written.failed(); from += LARGEST) {
            written = socket.writeFrame(frame(WebSocketFrameType.CONTINUATION, bytes, from, size));
        }
        bytes.release();
        return written;
    }

    private static WebSocketFrame frame(WebSocketFrameType type, ByteBuf bytes, int from, int size) {
        int length = Math.min(LARGEST, size - from);
        return new WebSocketFrameImpl(type, bytes.retainedSlice(from, length), from + length == size);
    }
}
