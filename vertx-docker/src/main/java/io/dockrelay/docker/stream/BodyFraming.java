package io.dockrelay.docker.stream;

/**
 * Separates the body of an HTTP/1.1 response from its framing: chunks, a length, or the end of the connection. A push
 * decoder without I/O that works in place: the engine sends a chunk per log line, and no chunk allocates anything. One
 * instance per response, fed by one thread at a time.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-6">RFC 9112, section 6</a>
 */
final class BodyFraming {

    private enum Part {
        SIZE,
        EXTENSION,
        DATA,
        DATA_END,
        TRAILER,
        TRAILER_FIELD,
        ENDED
    }

    private static final int MAX_SIZE_DIGITS = 15;
    private static final long ENDLESS = Long.MAX_VALUE;

    private final boolean chunked;
    private Part part;
    /** Bytes left of the chunk or of the body. While a chunk size is read: the size so far. */
    private long remaining;

    private int sizeDigits;

    private BodyFraming(boolean chunked, long length) {
        this.chunked = chunked;
        this.remaining = length;
        this.part = chunked ? Part.SIZE : length == 0 ? Part.ENDED : Part.DATA;
    }

    static BodyFraming chunks() {
        return new BodyFraming(true, 0);
    }

    /** @param bytes the length of the whole body */
    static BodyFraming length(long bytes) {
        return new BodyFraming(false, bytes);
    }

    static BodyFraming untilClose() {
        return new BodyFraming(false, ENDLESS);
    }

    /** Whether the whole body has arrived. */
    boolean ended() {
        return part == Part.ENDED;
    }

    /** Whether the end of the connection is the regular end of the body. */
    boolean endsWithConnection() {
        return !chunked && remaining > ENDLESS / 2;
    }

    /**
     * Moves the bytes of the body to the beginning of the array.
     *
     * @param bytes the next bytes of the connection, cut anywhere; overwritten
     * @return the number of body bytes at the beginning of the array
     * @throws MalformedResponseException when the chunk format is violated
     */
    int unwrap(byte[] bytes) {
        int at = 0;
        int kept = 0;
        while (at < bytes.length && part != Part.ENDED) {
            if (part == Part.DATA) {
                int more = (int) Math.min(remaining, bytes.length - at);
                System.arraycopy(bytes, at, bytes, kept, more);
                kept += more;
                at += more;
                consumed(more);
            } else {
                framingByte(bytes[at++]);
            }
        }
        return kept;
    }

    private void consumed(int bytes) {
        remaining -= bytes;
        if (remaining == 0) {
            part = chunked ? Part.DATA_END : Part.ENDED;
        }
    }

    /** A byte of the framing, not of the body. */
    private void framingByte(byte value) {
        switch (part) {
            case SIZE -> size(value);
            case EXTENSION -> endOfSize(value);
            case DATA_END -> endOfData(value);
            case TRAILER -> part = value == '\n' ? Part.ENDED : value == '\r' ? Part.TRAILER : Part.TRAILER_FIELD;
            case TRAILER_FIELD -> part = value == '\n' ? Part.TRAILER : Part.TRAILER_FIELD;
            case DATA, ENDED -> throw new IllegalStateException("A byte of the body is no framing");
        }
    }

    private void size(byte value) {
        int digit = Character.digit(value, 16);
        if (digit >= 0 && sizeDigits < MAX_SIZE_DIGITS) {
            remaining = remaining << 4 | digit;
            sizeDigits++;
        } else if (sizeDigits == 0 || digit >= 0) {
            throw notAChunk();
        } else {
            endOfSize(value);
        }
    }

    private void endOfSize(byte value) {
        part = value != '\n' ? Part.EXTENSION : remaining == 0 ? Part.TRAILER : Part.DATA;
    }

    private void endOfData(byte value) {
        if (value == '\n') {
            part = Part.SIZE;
            sizeDigits = 0;
        } else if (value != '\r') {
            throw notAChunk();
        }
    }

    private static MalformedResponseException notAChunk() {
        return new MalformedResponseException("The response is not valid HTTP/1.1: expected a chunk");
    }
}
