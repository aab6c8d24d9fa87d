package io.dockrelay.protocol.logs;

import java.util.Arrays;

/**
 * Escapes raw log lines into a {@link LineBlock} with a {@link JsonEscaper}, reusing its buffers: memory is allocated per
 * block, not per line.
 *
 * <p>For one thread at a time. A line is {@link #begin}, any number of {@link #text} pieces (a multi-byte character may
 * be cut between two of them), {@link #end}.
 */
public final class LineBlockBuilder {

    private final JsonEscaper out = new JsonEscaper();
    private int[] starts = new int[64];
    private byte[] streams = new byte[64];
    private int count;

    /** True between {@link #begin} and {@link #end}. */
    private boolean open;

    /** Opens a line of that stream ({@code 'o'} or {@code 'e'}). */
    public void begin(char stream) {
        if (open) {
            throw new IllegalStateException("the line before has no end");
        }
        open = true;
        ensureLines();
        out.reserve(2);
        if (count > 0) {
            out.raw(',');
        }
        starts[count] = out.size;
        streams[count] = (byte) stream;
        out.raw('"');
    }

    /** Adds {@code bytes[from, to)} to the open line. */
    public void text(byte[] bytes, int from, int to) {
        out.text(bytes, from, to);
    }

    /** Ends the open line. */
    public void end() {
        out.finish();
        out.raw('"');
        count++;
        open = false;
    }

    /** A whole line at once: {@link #begin}, {@link #text}, {@link #end}. */
    public void line(char stream, byte[] bytes, int from, int to) {
        begin(stream);
        text(bytes, from, to);
        end();
    }

    /** Lines that are escaped already. Not between begin and end. */
    public void add(LineBlock block) {
        if (open) {
            throw new IllegalStateException("the line before has no end");
        }
        for (int line = 0; line < block.count(); line++) {
            begin((char) block.streams()[line]);
            int from = block.startOf(line) + 1;
            out.escaped(block.json(), from, block.sizeOf(line) - 2);
            end();
        }
    }

    /** Ended lines so far. */
    public int count() {
        return count;
    }

    /** Bytes so far, with those of an open line. */
    public int size() {
        return out.size;
    }

    public boolean isEmpty() {
        return count == 0;
    }

    /** The ended lines as a block; the builder is empty afterwards. Not between begin and end. */
    public LineBlock take() {
        if (open) {
            throw new IllegalStateException("a line is still open");
        }
        LineBlock block = count == 0
                ? LineBlock.EMPTY
                : new LineBlock(
                        Arrays.copyOf(out.json, out.size), Arrays.copyOf(starts, count), Arrays.copyOf(streams, count));
        out.size = 0;
        count = 0;
        return block;
    }

    private void ensureLines() {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, count * 2);
            streams = Arrays.copyOf(streams, count * 2);
        }
    }
}
