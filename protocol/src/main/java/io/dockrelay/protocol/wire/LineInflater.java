package io.dockrelay.protocol.wire;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decompresses the lines of binary messages, each on its own. Has memory outside the heap from its first use until {@link
 * #close}. For one thread at a time.
 */
public final class LineInflater implements AutoCloseable {

    /** Null before the first use. */
    private Inflater inflater;

    /**
     * @param size of the result; more is never decompressed
     * @throws IllegalArgumentException when the bytes are not compressed lines of this size
     */
    byte[] inflate(byte[] compressed, int size) {
        if (inflater == null) {
            inflater = new Inflater(true);
        }
        inflater.reset();
        inflater.setInput(compressed);
        byte[] lines = new byte[size];
        try {
            int got = 0;
            for (int more = 1; more > 0 && got < size; got += more) {
                more = inflater.inflate(lines, got, size - got);
            }
            // The end of the compressed bytes is seen only with room for more.
            boolean right = got == size && inflater.inflate(new byte[1]) == 0;
            if (right && inflater.finished() && inflater.getRemaining() == 0) {
                return lines;
            }
        } catch (DataFormatException wrong) {
            throw new IllegalArgumentException("its lines cannot be decompressed", wrong);
        }
        throw new IllegalArgumentException("its lines have another size when they are decompressed");
    }

    @Override
    public void close() {
        if (inflater != null) {
            inflater.end();
            inflater = null;
        }
    }
}
