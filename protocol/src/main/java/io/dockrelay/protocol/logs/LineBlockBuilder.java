package io.dockrelay.protocol.logs;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Escapes raw log lines into a {@link LineBlock}, reusing its buffers: memory is allocated per block, not per line. Text is hostile: control characters are escaped, and bytes that are not UTF-8 become U+FFFD, so
 * that the result is always valid JSON in valid UTF-8.
 *
 * <p>For one thread at a time. A line is {@link #begin}, any number of {@link #text} pieces (a multi-byte character may
 * be cut between two of them), {@link #end}.
 */
public final class LineBlockBuilder {

    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
    private static final int LONGEST_ESCAPE = 6;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long SPACES = ' ' * ONES;
    private static final long QUOTES = '"' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;

    private byte[] json = new byte[8192];
    private int size;
    private int[] starts = new int[64];
    private byte[] streams = new byte[64];
    private int count;

    /** True between {@link #begin} and {@link #end}. */
    private boolean open;

    private final Utf8Check utf8 = new Utf8Check();

    /** Opens a line of that stream ({@code 'o'} or {@code 'e'}). */
    public void begin(char stream) {
        if (open) {
            throw new IllegalStateException("the line before has no end");
        }
        open = true;
        ensureLines();
        reserve(2);
        if (count > 0) {
            json[size++] = ',';
        }
        starts[count] = size;
        streams[count] = (byte) stream;
        json[size++] = '"';
    }

    /** Adds {@code bytes[from, to)} to the open line. */
    public void text(byte[] bytes, int from, int to) {
        reserve((to - from) * LONGEST_ESCAPE + 2 * LONGEST_ESCAPE);
        int at = from;
        while (at < to) {
            if (utf8.complete()) {
                at = plain(bytes, at, to);
                if (at == to) {
                    return;
                }
            }
            byte next = bytes[at++];
            if (next >= 0 && utf8.complete()) {
                ascii(next);
            } else {
                size = utf8.accept(next, json, size);
                if (utf8.retry()) {
                    ascii(next);
                }
            }
        }
    }

    /** Ends the open line. */
    public void end() {
        reserve(LONGEST_ESCAPE + 1);
        size = utf8.finish(json, size);
        json[size++] = '"';
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
            int length = block.sizeOf(line) - 2;
            reserve(length);
            System.arraycopy(block.json(), from, json, size, length);
            size += length;
            end();
        }
    }

    /** Ended lines so far. */
    public int count() {
        return count;
    }

    /** Bytes so far, with those of an open line. */
    public int size() {
        return size;
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
                : new LineBlock(Arrays.copyOf(json, size), Arrays.copyOf(starts, count), Arrays.copyOf(streams, count));
        size = 0;
        count = 0;
        return block;
    }

    /**
     * Copies what needs no escape, eight bytes at a time.
     *
     * @return the index of the first byte that was not copied: one that may need an escape, or one of the last seven
     */
    private int plain(byte[] bytes, int from, int to) {
        int at = from;
        while (to - at >= Long.BYTES) {
            long eight = (long) LONGS.get(bytes, at);
            long special = special(eight);
            // The bytes after the first special one are written too; the next bytes overwrite them.
            LONGS.set(json, size, eight);
            int copied = special == 0 ? Long.BYTES : Long.numberOfTrailingZeros(special) / Byte.SIZE;
            size += copied;
            at += copied;
            if (special != 0) {
                return at;
            }
        }
        return at;
    }

    /**
     * The high bit of each byte that is not ASCII, a control character, a quote or a backslash. Borrows between bytes
     * may set it above such a byte where it should not be, so only the lowest one counts.
     */
    private static long special(long eight) {
        long control = eight - SPACES;
        long quote = (eight ^ QUOTES) - ONES;
        long backslash = (eight ^ BACKSLASHES) - ONES;
        return (eight | control | quote | backslash) & HIGH_BITS;
    }

    private void ascii(byte next) {
        if (next >= ' ' && next != '"' && next != '\\') {
            json[size++] = next;
            return;
        }
        json[size++] = '\\';
        switch (next) {
            case '"', '\\' -> json[size++] = next;
            case '\t' -> json[size++] = 't';
            case '\r' -> json[size++] = 'r';
            case '\n' -> json[size++] = 'n';
            default -> {
                json[size++] = 'u';
                json[size++] = '0';
                json[size++] = '0';
                json[size++] = HEX[next >> 4];
                json[size++] = HEX[next & 0xf];
            }
        }
    }

    private void ensureLines() {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, count * 2);
            streams = Arrays.copyOf(streams, count * 2);
        }
    }

    private void reserve(int more) {
        if (json.length - size < more) {
            json = Arrays.copyOf(json, Math.max(json.length * 2, size + more));
        }
    }
}
