package io.dockrelay.controller.logs.store;

import io.dockrelay.controller.logs.entries.Line;
import io.dockrelay.controller.logs.entries.LineJoiner;
import io.dockrelay.controller.logs.entries.LogEntry;
import io.dockrelay.protocol.logs.ReadLogs.Anchor;

/**
 * Takes a page out of one read of the store: the newest lines before the anchor, and the first lines after it. Its memory
 * is bounded by the page, however long the read is. For one read.
 */
public final class PageCollector implements LogEntry.Sink, Line.Sink {

    private final PageQuery query;
    private final boolean lastResort;
    private final LineJoiner joiner;
    private final LineWindow before;
    private final LineWindow after;

    /** True once the anchor was read. */
    private boolean afterAnchor;

    /** True while the entry at the cursor is in the joiner. */
    private boolean atCursor;

    /** Index of the cursor's entry in this read; -1 until it was read. */
    private long anchorIndex = -1;

    private final ReadTrace trace = new ReadTrace();

    /** True when equal entries, or the beginning of a line, may precede this read. */
    private boolean uncertain;

    /** True once a line at or before the lower bound was read: older ones are not needed. */
    private boolean reachedSince;

    /** True once a line was read that is too late for the page, or too much. */
    private boolean moreAfter;

    /** True once a line at or after the upper bound was read: newer ones are not needed. */
    private boolean reachedUntil;

    /** True once the end was read before the anchor: then no line is between them. */
    private boolean endPassed;

    /** True once the end was read: newer lines are not needed. */
    private boolean ended;

    /** @param lastResort whether no read could reach further back */
    PageCollector(PageQuery query, boolean terminal, boolean lastResort) {
        this.query = query;
        this.lastResort = lastResort;
        joiner = new LineJoiner(terminal, this);
        before = new LineWindow(query.before(), query.maxBytes());
        after = LineWindow.ofFirst(query.after(), query.maxBytes());
    }

    @Override
    public void entry(LogEntry entry) {
        trace.entry(entry);
        boolean found = !afterAnchor && query.cursor() != null && entry.position.is(query.cursor());
        atCursor = found;
        joiner.entry(entry);
        atCursor = false;
        if (found) {
            uncertain = !entry.ordinalExact || !joiner.beginningsKnown();
            joiner.delivered(entry.position);
            trace.anchor(entry.position);
            anchorIndex = trace.beforeAnchor();
            afterAnchor = true;
            ended = endPassed || query.endsAtAnchor();
        }
    }

    @Override
    public void line(Line line) {
        if (query.since() != null && line.position.compareTime(query.since()) <= 0) {
            reachedSince = true;
            return;
        }
        if (query.until() != null && line.position.compareTime(query.until()) >= 0) {
            reachedUntil = true;
            moreAfter |= !query.endsAtUntil();
            return;
        }
        if (!afterAnchor && query.time() != null && query.isAfter(line.position)) {
            uncertain = !line.certain;
            trace.anchor(line.position);
            afterAnchor = true;
            ended = endPassed;
        }
        boolean isEnd = query.end() != null && line.position.is(query.end().cursor());
        endPassed |= isEnd && !afterAnchor && line.certain && query.isInverted();
        if (ended || (afterAnchor && isEnd && !query.end().included())) {
            ended = true;
            return;
        }
        ended = afterAnchor && isEnd;
        if (afterAnchor) {
            takeAfter(line);
        } else if (atCursor && line.position.is(query.cursor())) {
            takeAnchor(line);
        } else {
            before.push(line);
        }
    }

    /** The log has ended by itself. */
    void end() {
        joiner.end();
    }

    /**
     * Whether the rest of this read is not needed. While the anchor is uncertain the read continues: when the store ends
     * within it, the read may hold the whole store, and then the anchor is certain.
     */
    boolean done() {
        return afterAnchor
                && (cut() || reachedUntil || ended)
                && (lastResort || isSure())
                && query.before() + query.after() > 0;
    }

    /** Whether this read reached far enough back. The caller need not ask when it started with the first entry. */
    boolean reachedFarEnough() {
        boolean filled = query.before() == 0 || before.overflown() || reachedSince;
        return anchored() && isSure() && filled && !before.keepsUncertain();
    }

    /** Whether lines before the anchor were read: a larger read has more of them. */
    boolean linesReached() {
        return anchored() && before.pushed() > 0;
    }

    /** Whether enough lines were read, but where they begin, or how many equal ones there are, only an older part shows. */
    boolean lacksOnlyBeginnings() {
        return anchored() && before.overflown() && before.keepsUncertain();
    }

    /** Whether lines of the page were read. */
    boolean holdsLines() {
        return (query.before() > 0 ? before : after).pushed() > 0;
    }

    /** Whether the newest lines before the anchor were read, even if not all that are wanted. */
    boolean holdsNewestLines() {
        return query.before() > 0 && anchored() && isSure() && before.certain() > 0;
    }

    private boolean anchored() {
        return query.anchor() == Anchor.NEWEST || afterAnchor;
    }

    private boolean isSure() {
        return query.time() == null ? !uncertain : before.pushed() > 0 || reachedSince;
    }

    /** Entries of this read so far. */
    public long entries() {
        return trace.entries();
    }

    /** Index of the cursor's entry in this read; -1 when it was not read. */
    public long anchorIndex() {
        return anchorIndex;
    }

    /** Whether the cursor's entry was looked for and not read. */
    public boolean missedCursor() {
        return query.cursor() != null && anchorIndex < 0;
    }

    /** Which entries this read has passed. */
    ReadTrace trace() {
        return trace;
    }

    /** Number of entries after the cursor's, which was read. */
    public long entriesAfterAnchor() {
        return trace.entries() - 1 - anchorIndex;
    }

    /** Whether lines were read that are older than those after the anchor, or than the lower bound. */
    boolean sawOlder() {
        return reachedSince
                || (query.anchor() == Anchor.AFTER && afterAnchor && (anchorIndex >= 0 || before.pushed() > 0));
    }

    boolean moreAfter() {
        return moreAfter;
    }

    /** Whether there are more lines after the anchor than the page holds. */
    boolean isFull() {
        return moreAfter && query.after() > 0 && after.full();
    }

    /** Whether the rest of the store was read without the requested exclusive end. */
    boolean missedEnd() {
        return query.end() != null && !query.end().included() && !ended && !cut();
    }

    public LineWindow before() {
        return before;
    }

    public LineWindow after() {
        return after;
    }

    /** Whether more of the page's lines follow. For an end that may not follow at all, that is not known before it was read. */
    private boolean cut() {
        return moreAfter && !query.isInverted();
    }

    private void takeAnchor(Line line) {
        switch (query.anchor()) {
            case THROUGH -> before.push(line);
            case AROUND -> after.push(line);
            case BEFORE -> moreAfter = true;
            case AFTER, NEWEST -> {}
        }
    }

    private void takeAfter(Line line) {
        if (after.full()) {
            moreAfter = true;
        } else {
            after.push(line);
        }
    }
}
