package io.dockrelay.protocol.logs;

import java.nio.ByteBuffer;

/**
 * The lines of a block in a binary message: first a table with the size and the stream of each literal, then the block's own
 * bytes as they are. What another program has sent is checked; nothing is decoded. Pure.
 */
public final class BinaryLines {

    /** Bytes of a line in the table at most: seven bits of its number in each. */
    public static final int LONGEST_ENTRY = 4;

    private static final int SEVEN_BITS = 0x7f;
    private static final int MORE = 0x80;

    private BinaryLines() {}

    /** Whether {@code count} lines can have {@code size} bytes of literals; both are at least 0. */
    public static boolean fit(int count, int size) {
        return count == 0 ? size == 0 : count * (LiteralCheck.SHORTEST + 1L) <= size + 1L;
    }

    /** Appends the table. */
    public static void writeTable(LineBlock lines, ByteBuffer out) {
        byte[] streams = lines.streams();
        for (int line = 0; line < lines.count(); line++) {
            int number = lines.sizeOf(line) << 1 | (streams[line] == 'e' ? 1 : 0);
            while (number > SEVEN_BITS) {
                out.put((byte) ((number & SEVEN_BITS) | MORE));
                number >>>= 7;
            }
            out.put((byte) number);
        }
    }

    /**
     * Takes out a table.
     *
     * @param count of the lines
     * @return the entries, for {@link #block}
     * @throws IllegalArgumentException when it is none; the message says what is wrong, here and below
     */
    public static int[] readTable(ByteBuffer in, int count) {
        int[] entries = new int[count];
        for (int line = 0; line < count; line++) {
            entries[line] = number(in);
        }
        return entries;
    }

    /**
     * The block of a table and its literals.
     *
     * @param entries of at least one line; taken over
     * @param json the literals with commas between them; taken over, not copied
     * @throws IllegalArgumentException when they do not fit together, or when a literal is none
     */
    public static LineBlock block(int[] entries, byte[] json) {
        byte[] streams = new byte[entries.length];
        int at = 0;
        for (int line = 0; line < entries.length; line++) {
            int end = at + (entries[line] >>> 1);
            boolean last = line == entries.length - 1;
            if (end > json.length || last != (end == json.length) || (!last && json[end] != ',')) {
                throw new IllegalArgumentException("the sizes of its lines are wrong");
            }
            if (!LiteralCheck.isLine(json, at, end)) {
                throw new IllegalArgumentException("line " + (line + 1) + " in it is not a log line");
            }
            streams[line] = (byte) ((entries[line] & 1) == 0 ? 'o' : 'e');
            entries[line] = at;
            at = end + 1;
        }
        return new LineBlock(json, entries, streams);
    }

    private static int number(ByteBuffer table) {
        int number = 0;
        for (int shift = 0; shift < 7 * LONGEST_ENTRY; shift += 7) {
            if (!table.hasRemaining()) {
                throw new IllegalArgumentException("it ends too early");
            }
            byte next = table.get();
            number |= (next & SEVEN_BITS) << shift;
            if (next >= 0) {
                return number;
            }
        }
        throw new IllegalArgumentException("the sizes of its lines are wrong");
    }
}
