package io.dockrelay.protocol.wire;

import java.util.Arrays;
import java.util.zip.Deflater;

/**
 * Compresses the lines of binary messages, each on its own, at zlib's fastest level. Has memory outside the heap from its
 * first use until {@link #close}. For one thread at a time.
 */
public final class LineDeflater implements AutoCloseable {

    /** Below it a message is one packet anyway, in bytes. */
    private static final int LEAST = 1024;

    /** Above it compressing would hold up other clients of the thread for some milliseconds, in bytes. */
    private static final int MOST = 1024 * 1024;

    /** Null before the first use. */
    private Deflater deflater;

    private byte[] scratch = new byte[0];

    /** The message with its lines compressed; the same message if that makes them smaller by less than a quarter. */
    public BinaryMessage compress(BinaryMessage plain) {
        int size = plain.body().length;
        if (size < LEAST || size > MOST) {
            return plain;
        }
        if (deflater == null) {
            deflater = new Deflater(Deflater.BEST_SPEED, true);
        }
        int worth = size - size / 4;
        if (scratch.length < worth) {
            scratch = new byte[worth];
        }
        deflater.reset();
        deflater.setInput(plain.body());
        deflater.finish();
        int compressed = deflater.deflate(scratch, 0, worth);
        if (!deflater.finished()) {
            return plain;
        }
        byte[] head = Arrays.copyOf(plain.head(), plain.headSize());
        head[BinaryFrames.ENCODING] = BinaryFrames.DEFLATED;
        return new BinaryMessage(head, head.length, Arrays.copyOf(scratch, compressed), plain.credit());
    }

    @Override
    public void close() {
        if (deflater != null) {
            deflater.end();
            deflater = null;
        }
    }
}
