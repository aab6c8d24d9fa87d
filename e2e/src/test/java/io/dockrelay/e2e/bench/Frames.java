package io.dockrelay.e2e.bench;

import java.io.IOException;

/** Decodes the frames of a WebSocket server, and answers pings. */
final class Frames implements PieceFraming {

    private static final int PING = 9;
    private static final int MOST_HEADER = 10;

    /** Sends a pong; the relay closes connections that do not answer. */
    interface Pong {
        void send() throws IOException;
    }

    private final Pong pong;
    private final byte[] header = new byte[MOST_HEADER];
    private int headerBytes;
    private long left;

    Frames(Pong pong) {
        this.pong = pong;
    }

    @Override
    public void feed(byte[] bytes, int from, int to, Inside inside) throws IOException {
        int at = from;
        while (at < to) {
            if (left > 0) {
                int part = (int) Math.min(left, to - at);
                inside.bytes(bytes, at, at + part);
                left -= part;
                at += part;
            } else {
                headerByte(bytes[at++]);
            }
        }
    }

    private void headerByte(byte next) throws IOException {
        header[headerBytes++] = next;
        if (headerBytes < 2) {
            return;
        }
        int kind = header[1] & 0x7f;
        int extended = kind == 126 ? 2 : kind == 127 ? 8 : 0;
        if (headerBytes < 2 + extended) {
            return;
        }
        left = extended == 0 ? kind : length(extended);
        headerBytes = 0;
        if ((header[0] & 0x0f) == PING) {
            pong.send();
        }
    }

    private long length(int bytes) {
        long length = 0;
        for (int i = 2; i < 2 + bytes; i++) {
            length = (length << 8) | (header[i] & 0xff);
        }
        return length;
    }
}
