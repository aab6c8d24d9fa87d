package io.dockrelay.controller.logs.download;

import java.util.ArrayDeque;
import java.util.Deque;

import io.dockrelay.controller.logs.entries.EntryPosition;
import io.dockrelay.controller.logs.entries.LogEntry;

/**
 * Writes the entries of a log as whole lines of any length. Each chunk of a long line is written when it arrives; entries
 * of the other stream that arrive before its end are held. If there are too many of them, the line ends where they begin;
 * its rest, if there is one, is another line of the same timestamp. For one read.
 */
final class LineWriter implements LogEntry.Sink {

    /** Entries of the other stream are held up to this size. */
    static final int MAX_HELD_BYTES = 16 * 1024 * 1024;

    /** What an entry that is held takes besides its text, about. */
    private static final int OVERHEAD_BYTES = 256;

    private final boolean terminal;
    private final DownloadBounds bounds;
    private final FileFormat format;

    /** Entries that follow the open line. All are of the other stream. */
    private final Deque<LogEntry> held = new ArrayDeque<>();

    private int heldBytes;

    /** The last chunk of the line that is being written. */
    private final EntryPosition open = new EntryPosition();

    /** True while the line being written lies within the bounds. */
    private boolean included;

    /** @param terminal whether a terminal has added a carriage return to each line */
    LineWriter(boolean terminal, DownloadBounds bounds, FileFormat format) {
        this.terminal = terminal;
        this.bounds = bounds;
        this.format = format;
    }

    @Override
    public void entry(LogEntry entry) {
        if (open.known() && isOfOpenStream(entry) && !continues(open, entry)) {
            endLine();
            release();
        }
        if (open.known() && !isOfOpenStream(entry)) {
            hold(entry);
        } else {
            write(entry);
            release();
        }
    }

    /** The log has ended: ends the line that waits for more. */
    void end() {
        while (open.known()) {
            endLine();
            release();
        }
    }

    private static boolean continues(EntryPosition chunk, LogEntry entry) {
        return chunk.stream == entry.position.stream && chunk.sameTime(entry.position);
    }

    private boolean isOfOpenStream(LogEntry entry) {
        return open.stream == entry.position.stream;
    }

    private void hold(LogEntry entry) {
        held.add(entry.copy());
        heldBytes += OVERHEAD_BYTES + entry.to - entry.from;
        if (heldBytes > MAX_HELD_BYTES) {
            endLine();
            release();
        }
    }

    /** Writes what was held, unless a line is open. */
    private void release() {
        if (open.known()) {
            return;
        }
        heldBytes = 0;
        while (!held.isEmpty()) {
            LogEntry entry = held.remove();
            if (open.known() && !continues(open, entry)) {
                endLine();
            }
            write(entry);
        }
    }

    private void write(LogEntry entry) {
        if (!open.known()) {
            included = bounds.include(entry.stamp);
            if (included) {
                format.begin(entry.stamp, entry.position.stream);
            }
        }
        open.copyFrom(entry.position);
        boolean returned = terminal && entry.terminated && entry.to > entry.from && entry.bytes[entry.to - 1] == '\r';
        if (included) {
            format.text(entry.bytes, entry.from, returned ? entry.to - 1 : entry.to);
        }
        if (!entry.goesOn()) {
            endLine();
        }
    }

    private void endLine() {
        if (included) {
            format.end();
        }
        open.clear();
    }
}
