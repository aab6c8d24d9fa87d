package io.dockrelay.controller.logs.entries;

/**
 * Joins the chunks of long lines. Chunks belong together when they are of one stream and one timestamp and the one
 * before had no newline; the two streams are kept apart. Whatever leaves here depends on the entries alone and not on
 * when they came or how they were cut, so that a second read of the store gives the same lines.
 *
 * <ul>
 *   <li>A chunk with a carriage return leaves at once: of a progress bar's "line" nobody has seen the end.
 *   <li>Behind 1 MiB a line is cut, with a mark, and what follows of it is swallowed.
 *   <li>A full chunk of which nothing more comes leaves when its stream's next entry has another timestamp, or when
 *       the log ends.
 * </ul>
 */
public final class LineJoiner implements LogEntry.Sink {

    private final PartialLine out = new PartialLine();
    private final PartialLine err = new PartialLine();
    private final Line line = new Line();
    private final boolean terminal;
    private final Line.Sink sink;

    /** @param terminal whether lines end with a carriage return that is none of theirs */
    public LineJoiner(boolean terminal, Line.Sink sink) {
        this.terminal = terminal;
        this.sink = sink;
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

    /** The log has ended: what waits for more is all there is. */
    public void end() {
        flush(out);
        flush(err);
    }

    /** Whether it is known where the lines begin that wait for more. */
    public boolean beginningsKnown() {
        return out.beginningKnown() && err.beginningKnown();
    }

    /** What ends with just this entry was delivered already, although more may come: nothing waits there any more. */
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
        line.whole = entry.beginningKnown;
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
        sink.line(line);
    }
}
