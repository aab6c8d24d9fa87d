package io.dockrelay.docker;

import io.dockrelay.docker.DockerEngineException.Kind;

/**
 * How the body of an HTTP/1.1 answer is told from what surrounds it: in chunks, by a length, or by the connection's
 * end. Push style, pure, and in place: the engine makes a chunk of every log line, and nothing is allocated for one.
 * One instance per answer, fed by one thread at a time.
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

    private static final int MOST_SIZE_DIGITS = 15;
    private static final long ENDLESS = Long.MAX_VALUE;

    private final boolean chunked;
    private Part part;
    /** What is left of the chunk, or of the body; while a size is read: the size so far. */
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

    /** @param bytes how many there are in all */
    static BodyFraming length(long bytes) {
        return new BodyFraming(false, bytes);
    }

    static BodyFraming untilClose() {
        return new BodyFraming(false, ENDLESS);
    }

    /** Whether all of the body has come. */
    boolean ended() {
        return part == Part.ENDED;
    }

    /** Whether a connection that closes is the body's proper end. */
    boolean endsWithConnection() {
        return !chunked && remaining > ENDLESS / 2;
    }

    /**
     * Moves what belongs to the body together.
     *
     * @param bytes the next bytes of the connection, cut anywhere; overwritten
     * @return how many bytes of the body stand at the array's beginning now
     * @throws DockerEngineException (SERVER_ERROR) when these are no chunks
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
                taken(more);
            } else {
                around(bytes[at++]);
            }
        }
        return kept;
    }

    private void taken(int bytes) {
        remaining -= bytes;
        if (remaining == 0) {
            part = chunked ? Part.DATA_END : Part.ENDED;
        }
    }

    /** A byte that is not the body's. */
    private void around(byte value) {
        switch (part) {
            case SIZE -> size(value);
            case EXTENSION -> endOfSize(value);
            case DATA_END -> endOfData(value);
            case TRAILER -> part = value == '\n' ? Part.ENDED : value == '\r' ? Part.TRAILER : Part.TRAILER_FIELD;
            case TRAILER_FIELD -> part = value == '\n' ? Part.TRAILER : Part.TRAILER_FIELD;
            case DATA, ENDED -> throw new IllegalStateException("the body's own byte");
        }
    }

    private void size(byte value) {
        int digit = Character.digit(value, 16);
        if (digit >= 0 && sizeDigits < MOST_SIZE_DIGITS) {
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

    private static DockerEngineException notAChunk() {
        return new DockerEngineException(
                Kind.SERVER_ERROR, "What the engine sent is not HTTP: a chunk was expected where none is");
    }
}
