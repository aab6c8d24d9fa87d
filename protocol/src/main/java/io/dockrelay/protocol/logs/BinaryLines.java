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

    /** Whether so many lines can be in literals of this size in all; neither is below 0. */
    public static boolean fit(int count, int size) {
        return count == 0 ? size == 0 : count * (LiteralCheck.SHORTEST + 1L) <= size + 1L;
    }

    /** Appends the table. */
    public static void writeTable(LineBlock lines, ByteBuffer out) {
        byte[] streams = lines.streams();
        for (int line = 0; line < lines.count(); line++) {
            int number = lines.sizeOf(line) << 1 | (streams[line] == 'e' ? 1 : 0);
            while (number > SEVEN_BITS) {
                out.put((byte) (number & SEVEN_BITS | MORE));
                number >>>= 7;
            }
            out.put((byte) number);
        }
    }

    /**
     * The block of a table and its literals.
     *
     * @param table at its first byte; afterwards behind its last
     * @param count of the lines, at least one
     * @param json the literals with commas between them; taken over, not copied
     * @throws IllegalArgumentException when they do not fit together, or when a literal is none; the message says what is wrong
     */
    public static LineBlock read(ByteBuffer table, int count, byte[] json) {
        int[] starts = new int[count];
        byte[] streams = new byte[count];
        int at = 0;
        for (int line = 0; line < count; line++) {
            int number = number(table);
            int end = at + (number >>> 1);
            boolean last = line == count - 1;
            if (end > json.length || last != (end == json.length) || (!last && json[end] != ',')) {
                throw new IllegalArgumentException("the sizes of its lines are wrong");
            }
            if (!LiteralCheck.isLine(json, at, end)) {
                throw new IllegalArgumentException("line " + (line + 1) + " in it is not a log line");
            }
            starts[line] = at;
            streams[line] = (byte) ((number & 1) == 0 ? 'o' : 'e');
            at = end + 1;
        }
        return new LineBlock(json, starts, streams);
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
