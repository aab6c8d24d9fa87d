package io.dockrelay.controller.logs.entries;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The chunks so far of a long line of stdout or stderr. Reused from line to line. */
final class PartialLine {

    /** A longer line is cut, in bytes. */
    static final int MAX_BYTES = 1 << 20;

    static final String CUT_MARK = " … [cut by Dockrelay after 1 MiB; a download has the whole line]";

    private static final byte[] CUT = CUT_MARK.getBytes(StandardCharsets.UTF_8);
    private static final byte[] NOTHING = new byte[0];

    /** Timestamp of all chunks. */
    private final DockerTimestamp stamp = new DockerTimestamp();

    /** Position of the last chunk. */
    private final EntryPosition last = new EntryPosition();

    private byte[] text = NOTHING;
    private int length;
    private boolean active;
    private boolean swallowing;
    private boolean overflown;
    private boolean beginningKnown;

    /** Whether the position of the last chunk is exact. */
    private boolean positionExact;

    /** True between the first chunk of a line and its end. */
    boolean active() {
        return active;
    }

    /** True while the rest of a line that was cut is dropped. */
    boolean swallowing() {
        return swallowing;
    }

    /** True when the text was cut. */
    boolean overflown() {
        return overflown;
    }

    /** True when nothing is pending, or the first chunk is known to be the beginning of the line. */
    boolean beginningKnown() {
        return !active || beginningKnown;
    }

    byte[] bytes() {
        return text;
    }

    int length() {
        return length;
    }

    boolean isOfTime(LogEntry entry) {
        return last.sameTime(entry.position);
    }

    void begin(LogEntry entry) {
        active = true;
        stamp.copyFrom(entry.stamp);
        beginningKnown = entry.beginningKnown;
        append(entry);
    }

    void append(LogEntry entry) {
        last.copyFrom(entry.position);
        positionExact = entry.ordinalExact;
        int more = entry.to - entry.from;
        if (length + more > MAX_BYTES && !exceedsByOnlyAReturn(entry)) {
            more = MAX_BYTES - length;
            overflown = true;
        }
        reserve(more + CUT.length);
        System.arraycopy(entry.bytes, entry.from, text, length, more);
        length += more;
        if (overflown) {
            dropPartialCharacter();
            System.arraycopy(CUT, 0, text, length, CUT.length);
            length += CUT.length;
        }
    }

    /** The cut line was passed on; drops the rest of it. */
    void swallowFrom(LogEntry entry) {
        clear();
        active = entry.goesOn();
        swallowing = active;
        beginningKnown = true;
        last.copyFrom(entry.position);
    }

    void swallow(LogEntry entry) {
        last.copyFrom(entry.position);
        if (!entry.goesOn()) {
            clear();
        }
    }

    void dropIfAt(EntryPosition position) {
        if (active && !swallowing && last.is(position)) {
            clear();
        }
    }

    void describe(Line line) {
        line.stamp.copyFrom(stamp);
        line.position.copyFrom(last);
        line.certain = beginningKnown && positionExact;
    }

    void clear() {
        active = false;
        swallowing = false;
        overflown = false;
        length = 0;
        // Long lines are rare, so the memory is not kept for the next one.
        text = NOTHING;
    }

    /** A terminal's carriage return is not part of the line. */
    private boolean exceedsByOnlyAReturn(LogEntry entry) {
        return entry.terminated && length + entry.to - entry.from == MAX_BYTES + 1 && entry.bytes[entry.to - 1] == '\r';
    }

    private void dropPartialCharacter() {
        int at = length;
        while (at > 0 && (text[at - 1] & 0xC0) == 0x80) {
            at--;
        }
        boolean complete = at == 0 || text[at - 1] >= 0 || length - at == continuations(text[at - 1]);
        length = complete ? length : at - 1;
    }

    private static int continuations(byte lead) {
        int value = lead & 0xff;
        return value >= 0xF0 ? 3 : value >= 0xE0 ? 2 : 1;
    }

    private void reserve(int more) {
        if (text.length - length < more) {
            text = Arrays.copyOf(text, Math.max(text.length * 2, length + more));
        }
    }
}
