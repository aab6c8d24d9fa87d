package io.dockrelay.e2e.bench;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The parts of HTTP and WebSocket that the bench's clients send, written by hand. */
final class RawHttp {

    private static final int MOST_HEAD = 16 * 1024;

    private RawHttp() {}

    /** An empty pong. Clients must mask frames; any key is valid. */
    static byte[] pong() {
        return new byte[] {(byte) 0x8a, (byte) 0x80, 0, 0, 0, 0};
    }

    /** A subscription from the end of the log. */
    static byte[] subscribe(String container) {
        return textFrame("{\"type\":\"subscribe_logs\",\"container\":\"" + container + "\",\"lines\":0}");
    }

    /** A masked text frame of at most 64 KiB. */
    static byte[] textFrame(String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 8).put((byte) 0x81);
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        }
        frame.putInt(0).put(payload).flip();
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        return bytes;
    }

    /** Opens a WebSocket, and returns the bytes after the head. */
    static byte[] upgrade(SocketChannel channel, String path) throws IOException {
        return upgrade(channel, path, "");
    }

    /** @param cookie of a session; empty for none */
    static byte[] upgrade(SocketChannel channel, String path, String cookie) throws IOException {
        String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n"
                + (cookie.isEmpty() ? "" : "Cookie: " + cookie + "\r\n") + "\r\n";
        write(channel, request.getBytes(StandardCharsets.US_ASCII));
        return readHead(channel, " 101 ");
    }

    /** Reads a response's head, which must have a status, and returns the bytes after it. */
    static byte[] readHead(SocketChannel channel, String status) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(MOST_HEAD);
        while (true) {
            if (channel.read(head) < 0) {
                throw new EOFException("Closed within the response's head");
            }
            String text = new String(head.array(), 0, head.position(), StandardCharsets.ISO_8859_1);
            int end = text.indexOf("\r\n\r\n");
            if (end >= 0) {
                if (!text.substring(0, text.indexOf('\r')).contains(status)) {
                    throw new IOException("Expected" + status + "but got " + text.strip());
                }
                return Arrays.copyOfRange(head.array(), end + 4, head.position());
            }
        }
    }

    static void write(SocketChannel channel, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }
}
