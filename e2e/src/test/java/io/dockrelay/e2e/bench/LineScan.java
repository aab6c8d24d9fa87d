package io.dockrelay.e2e.bench;

/**
 * Finds the numbered lines of {@link LineKind} in a stream of bytes with any framing: at each {@code #} it reads the
 * eight digits after it and the engine's timestamp before it. One comparison per byte, no allocation.
 *
 * <p>For one thread. Scans may share a scratch array when they are used by the same thread.
 */
final class LineScan {

    /** Bytes that a line needs around its mark: a timestamp and some JSON before it, the number after it. */
    private static final int REACH = 64;

    private static final int NUMBER_DIGITS = 8;
    /** From the timestamp's Z back to its hour. */
    private static final int HOUR_BEFORE_Z = 18;
    /** JSON on a WebSocket has eleven bytes from its timestamp's Z to the mark. */
    private static final int FARTHEST_Z = 16;

    /** Receives each line, in order. */
    interface Found {

        /** @param nanoOfDay the engine's timestamp */
        void line(int number, long nanoOfDay);
    }

    private final byte[] scratch;
    private final byte[] carried = new byte[REACH];
    /** Bytes carried over to the next piece. */
    private int carry;
    /** The number of carried bytes that have not been scanned. */
    private int unseen;

    /** @param scratch space for the largest piece and the carried bytes; see {@link #scratch(int)} */
    LineScan(byte[] scratch) {
        this.scratch = scratch;
    }

    static byte[] scratch(int largestPiece) {
        return new byte[largestPiece + REACH];
    }

    void feed(byte[] bytes, int from, int to, Found found) {
        System.arraycopy(carried, 0, scratch, 0, carry);
        System.arraycopy(bytes, from, scratch, carry, to - from);
        int end = carry + to - from;
        int looked = end - NUMBER_DIGITS;
        for (int i = carry - unseen; i < looked; i++) {
            if (scratch[i] == '#') {
                mark(i, found);
            }
        }
        int kept = Math.min(REACH, end);
        unseen = Math.min(kept, Math.min(NUMBER_DIGITS, end));
        System.arraycopy(scratch, end - kept, carried, 0, kept);
        carry = kept;
    }

    private void mark(int at, Found found) {
        int number = digits(at + 1, NUMBER_DIGITS);
        int z = at - 1;
        while (z > at - FARTHEST_Z && z > 0 && scratch[z] != 'Z') {
            z--;
        }
        int hour = z - HOUR_BEFORE_Z;
        if (number >= 0 && hour > 0 && scratch[z] == 'Z' && scratch[hour - 1] == 'T') {
            found.line(number, nanoOfDay(hour));
        }
    }

    /** {@code HH:mm:ss.nnnnnnnnn} */
    private long nanoOfDay(int hour) {
        long seconds = (digits(hour, 2) * 60L + digits(hour + 3, 2)) * 60 + digits(hour + 6, 2);
        return seconds * 1_000_000_000 + digits(hour + 9, 9);
    }

    /** A number; negative when the bytes are not digits. */
    private int digits(int from, int count) {
        int number = 0;
        for (int i = from; i < from + count; i++) {
            int digit = scratch[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
