package io.dockrelay.e2e.bench;

/** The chunks of an HTTP/1.1 body. */
final class Chunks implements PieceFraming {

    /** Bytes left of the current chunk, including its line end; 0 in a size line. */
    private long left;
    /** The value of the size line so far. */
    private long size;

    private boolean ended;

    /** Whether the final, empty chunk has arrived. */
    boolean ended() {
        return ended;
    }

    @Override
    public void feed(byte[] bytes, int from, int to, Inside inside) {
        int at = from;
        while (at < to) {
            if (left > 0) {
                int part = (int) Math.min(left, to - at);
                // The last two bytes are the line end.
                int text = (int) Math.min(part, Math.max(0, left - 2));
                if (text > 0) {
                    inside.bytes(bytes, at, at + text);
                }
                left -= part;
                at += part;
            } else {
                sizeByte(bytes[at++]);
            }
        }
    }

    private void sizeByte(byte next) {
        if (next == '\n') {
            ended |= size == 0;
            left = size + 2;
            size = 0;
        } else if (next != '\r') {
            size = size * 16 + Character.digit(next, 16);
        }
    }
}
