package io.dockrelay.controller.stats.history;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Numbers over time: a row of columns per slot of time, for the newest slots. The memory is a ring of pages of
 * {@value #PAGE} slots. A page is allocated when its first slot is written, so that a container that ran for a minute costs
 * one page; afterwards the page is used again and again. For one thread.
 */
final class SlotRing {

    /** Slots of a page. */
    static final int PAGE = 60;

    private static final long NEVER_USED = -1;

    private final int columns;

    /** Null until it is used. */
    private final float[][] pages;

    /** Which page of all time each one holds now. */
    private final long[] numbers;

    SlotRing(int pages, int columns) {
        this.columns = columns;
        this.pages = new float[pages][];
        this.numbers = new long[pages];
        Arrays.fill(numbers, NEVER_USED);
    }

    /** The oldest slot that is certainly kept at the time of this slot. */
    static long oldestAt(long slot, int pages) {
        return (slot / PAGE - (pages - 1)) * PAGE;
    }

    /** NaN when it is unknown. */
    float get(long slot, int column) {
        int at = indexOf(slot);
        return numbers[at] == slot / PAGE ? pages[at][cell(slot, column)] : Float.NaN;
    }

    /** Overwrites what is there, and drops the page that is as old as the ring is long. */
    void set(long slot, int column, float value) {
        int at = indexOf(slot);
        if (numbers[at] != slot / PAGE) {
            turn(at, slot / PAGE);
        }
        pages[at][cell(slot, column)] = value;
    }

    /** How much {@link #write} writes. */
    int bytes() {
        return Integer.BYTES + used() * (Long.BYTES + PAGE * columns * Float.BYTES);
    }

    void write(ByteBuffer out) {
        out.putInt(used());
        for (int at = 0; at < pages.length; at++) {
            if (pages[at] != null) {
                out.putLong(numbers[at]);
                out.asFloatBuffer().put(pages[at]);
                out.position(out.position() + PAGE * columns * Float.BYTES);
            }
        }
    }

    /**
     * Takes what {@link #write} wrote.
     *
     * @throws IllegalArgumentException when it cannot be of this ring
     */
    void read(ByteBuffer in) {
        int count = in.getInt();
        if (count < 0 || count > pages.length) {
            throw new IllegalArgumentException(count + " pages of " + pages.length);
        }
        for (int i = 0; i < count; i++) {
            long number = in.getLong();
            if (number < 0) {
                throw new IllegalArgumentException("page " + number);
            }
            int at = (int) (number % pages.length);
            turn(at, number);
            in.asFloatBuffer().get(pages[at]);
            in.position(in.position() + PAGE * columns * Float.BYTES);
        }
    }

    private void turn(int at, long number) {
        if (pages[at] == null) {
            pages[at] = new float[PAGE * columns];
        }
        Arrays.fill(pages[at], Float.NaN);
        numbers[at] = number;
    }

    private int used() {
        return (int) Arrays.stream(pages).filter(page -> page != null).count();
    }

    private int indexOf(long slot) {
        return (int) (slot / PAGE % pages.length);
    }

    private int cell(long slot, int column) {
        return (int) (slot % PAGE) * columns + column;
    }
}
