package io.dockrelay.relay.uplink;

import java.util.Arrays;

import io.dockrelay.protocol.logs.LineBlock;

/**
 * Finds which lines of a frame are new, where a controller sends its newest lines again and again (version 1). The frame is
 * laid over the lines that were seen last, in the place where the longest run of lines is equal: both must agree up to the
 * end of the shorter one. What reaches beyond the lines seen is new.
 *
 * <p>A line is equal with its timestamp and its text. Docker's timestamps have nine digits, so nearly always one line fits in
 * one place only. Lines that are equal in both are ambiguous: then the frame is taken to have as few new lines as possible.
 * So a line never comes twice, but one of several equal lines of one nanosecond may be missed.
 *
 * <p>Remembers the last {@link #KEPT} lines, as eight bytes each. Pure; for one thread.
 */
final class LineOverlap {

    /** Many times the window of the public version 1 program, which is 50 lines. */
    static final int KEPT = 1_000;

    /** The frame has no line in common with those that were seen last. */
    static final int NONE = -1;

    /** Hashes of the last lines, oldest first. */
    private long[] seen = {};

    /** Whether no line was seen yet. */
    boolean isEmpty() {
        return seen.length == 0;
    }

    /**
     * Index of the frame's first new line; its number of lines when none is new.
     *
     * @return {@link #NONE} when it does not overlap the lines seen
     */
    int firstNew(LineBlock frame) {
        long[] lines = hashes(frame, 0);
        int longest = 0;
        int first = NONE;
        // Of the places with equally long runs the last one counts: it leaves the fewest new lines.
        for (int shift = seen.length - 1; shift > -lines.length; shift--) {
            int run = run(lines, shift);
            if (run > 0 && run >= longest) {
                longest = run;
                first = Math.min(lines.length, seen.length - shift);
            }
        }
        return first;
    }

    /** These lines follow those that were seen. */
    void add(LineBlock lines) {
        long[] added = hashes(lines, Math.max(0, lines.count() - KEPT));
        int kept = Math.min(seen.length, KEPT - added.length);
        long[] next = Arrays.copyOfRange(seen, seen.length - kept, seen.length + added.length);
        System.arraycopy(added, 0, next, kept, added.length);
        seen = next;
    }

    /** These lines are the newest, and do not follow those that were seen. */
    void reset(LineBlock lines) {
        seen = new long[0];
        add(lines);
    }

    /** Equal lines before the common end, when the frame's first line is at index {@code shift} of the lines seen. */
    private int run(long[] lines, int shift) {
        int end = Math.min(lines.length, seen.length - shift);
        int at = end;
        while (at > 0 && at + shift > 0 && lines[at - 1] == seen[at - 1 + shift]) {
            at--;
        }
        return end - at;
    }

    private static long[] hashes(LineBlock lines, int from) {
        long[] hashes = new long[lines.count() - from];
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] = lines.hash(from + i);
        }
        return hashes;
    }
}
