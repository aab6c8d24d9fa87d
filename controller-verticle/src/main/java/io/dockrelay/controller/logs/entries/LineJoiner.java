package io.dockrelay.controller.logs.entries;

/**
 * Joins the chunks of long lines. Chunks belong together when they are of one stream and one timestamp and the chunk
 * before had no newline; stdout and stderr are kept apart. The lines depend on the entries alone, not on when the entries
 * arrived or how the bytes were cut, so a second read of the store gives the same lines. For one read.
 *
 * <ul>
 *   <li>A chunk with a carriage return is passed on at once: the "line" of a progress bar may never end.
 *   <li>After 1 MiB a line is cut, with a mark, and the rest of it is dropped.
 *   <li>A full chunk without a successor is passed on when the next entry of its stream has another timestamp, or when the
 *       log ends.
 * </ul>
 */
public final class LineJoiner implements LogEntry.Sink {

    private final PartialLine out = new PartialLine();
    private final PartialLine err = new PartialLine();
    private final Line line = new Line();
    private final boolean terminal;
    private final Line.Sink next;

    /** While true, complete lines are dropped. */
    private boolean muted;

    /**
     * @param terminal whether a terminal has added a carriage return to each line
     * @param next takes the lines
     */
    public LineJoiner(boolean terminal, Line.Sink next) {
        this.terminal = terminal;
        this.next = next;
    }

    /** Drops the lines that are complete from now on, or passes them on again. Chunks are joined all the same. */
    public void mute(boolean replacement) {
        muted = replacement;
    }

    @Override
    public void entry(LogEntry entry) {
        PartialLine pending = entry.position.stream == 'e' ? err : out;
        if (pending.active() && !pending.isOfTime(entry)) {
            flush(pending);
        }
        if (pending.active()) {
            continued(pending, entry);
        } else if (entry.goesOn() && !entry.hasCarriageReturn()) {
            pending.begin(entry);
        } else {
            single(entry);
        }
    }

    /** The log has ended: passes on the lines that wait for more. */
    public void end() {
        flush(out);
        flush(err);
    }

    /** Whether the first chunk is known of each line that waits for more. */
    public boolean beginningsKnown() {
        return out.beginningKnown() && err.beginningKnown();
    }

    /** A line that ends with this entry was delivered already, although more chunks may come: drops it. */
    public void delivered(EntryPosition last) {
        out.dropIfAt(last);
        err.dropIfAt(last);
    }

    private void continued(PartialLine pending, LogEntry entry) {
        if (pending.swallowing()) {
            pending.swallow(entry);
            return;
        }
        pending.append(entry);
        if (pending.overflown()) {
            send(pending, false);
            pending.swallowFrom(entry);
        } else if (!entry.goesOn() || entry.hasCarriageReturn()) {
            send(pending, entry.terminated);
            pending.clear();
        }
    }

    private void flush(PartialLine pending) {
        if (pending.active() && !pending.swallowing()) {
            send(pending, false);
        }
        pending.clear();
    }

    private void single(LogEntry entry) {
        line.stamp.copyFrom(entry.stamp);
        line.position.copyFrom(entry.position);
        line.certain = entry.beginningKnown && entry.ordinalExact;
        send(entry.bytes, entry.from, entry.to, entry.terminated);
    }

    private void send(PartialLine pending, boolean terminated) {
        pending.describe(line);
        send(pending.bytes(), 0, pending.length(), terminated);
    }

    private void send(byte[] bytes, int from, int to, boolean terminated) {
        boolean returned = terminal && terminated && to > from && bytes[to - 1] == '\r';
        line.bytes = bytes;
        line.from = from;
        line.to = returned ? to - 1 : to;
        if (!muted) {
            next.line(line);
        }
    }
}
