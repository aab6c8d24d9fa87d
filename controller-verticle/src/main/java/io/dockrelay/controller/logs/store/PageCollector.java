package io.dockrelay.controller.logs.store;

import io.dockrelay.controller.logs.entries.Line;
import io.dockrelay.controller.logs.entries.LineJoiner;
import io.dockrelay.controller.logs.entries.LogEntry;
import io.dockrelay.protocol.logs.ReadLogs.Anchor;

/**
 * Takes a page out of one read of the store: lines before the anchor in a ring, lines behind it until there are
 * enough. Its memory is bounded by the page, however long the read is.
 */
public final class PageCollector implements LogEntry.Sink, Line.Sink {

    private final PageQuery plan;
    private final boolean lastResort;
    private final LineJoiner joiner;
    private final LineWindow before;
    private final LineWindow after;

    /** True once the anchor has passed by. */
    private boolean behind;

    /** True while the entry at the cursor goes through the joiner. */
    private boolean atCursor;

    /** Index of the cursor's entry in this read; -1 until it has passed by. */
    private long anchorIndex = -1;

    private long entries;

    /** True if equal entries or a line's beginning may lie before this read. */
    private boolean uncertain;

    /** True if a line at or before the lower bound passed by: no older one is of interest. */
    private boolean reachedSince;

    private boolean moreAfter;

    /** True once the end has passed by: no newer line is of interest. */
    private boolean ended;

    /** @param lastResort whether no read could reach back further */
    PageCollector(PageQuery plan, boolean terminal, boolean lastResort) {
        this.plan = plan;
        this.lastResort = lastResort;
        joiner = new LineJoiner(terminal, this);
        before = new LineWindow(plan.before(), plan.maxBytes());
        after = LineWindow.ofFirst(plan.after(), plan.maxBytes());
    }

    @Override
    public void entry(LogEntry entry) {
        long index = entries++;
        boolean found = !behind && plan.cursor() != null && entry.position.is(plan.cursor());
        atCursor = found;
        joiner.entry(entry);
        atCursor = false;
        if (found) {
            uncertain = !entry.ordinalExact || !joiner.beginningsKnown();
            joiner.delivered(entry.position);
            anchorIndex = index;
            behind = true;
        }
    }

    @Override
    public void line(Line line) {
        if (plan.since() != null && line.position.compareTime(plan.since()) <= 0) {
            reachedSince = true;
            return;
        }
        if (plan.until() != null && line.position.compareTime(plan.until()) >= 0) {
            moreAfter = true;
            return;
        }
        if (!behind && plan.time() != null && plan.isBehind(line.position)) {
            uncertain = !line.whole;
            behind = true;
        }
        boolean isEnd =
                behind && plan.end() != null && line.position.is(plan.end().cursor());
        if (ended || (isEnd && !plan.end().included())) {
            ended = true;
            return;
        }
        ended = isEnd;
        if (behind) {
            takeBehind(line);
        } else if (atCursor && line.position.is(plan.cursor())) {
            takeAnchor(line);
        } else {
            before.push(line);
        }
    }

    /** The log has ended by itself. */
    void end() {
        joiner.end();
    }

    /** Whether nothing more of this read is of interest; without being sure, it is whether the store ends soon. */
    boolean done() {
        return behind && (moreAfter || ended) && (lastResort || isSure()) && plan.before() + plan.after() > 0;
    }

    /** Whether this read reached back far enough; always so when it began with the first entry there is. */
    boolean reachedFarEnough() {
        boolean anchored = plan.anchor() == Anchor.NEWEST || behind;
        boolean filled = plan.before() == 0 || before.overflown() || reachedSince;
        return anchored && isSure() && filled && !before.endsInFragments();
    }

    private boolean isSure() {
        return plan.time() == null ? !uncertain : before.pushed() > 0 || reachedSince;
    }

    /** Entries of this read so far. */
    public long entries() {
        return entries;
    }

    /** Where the cursor's entry stands in this read; -1 when it was not met. */
    public long anchorIndex() {
        return anchorIndex;
    }

    /** How many entries came behind the cursor's, which was met. */
    public long behindAnchor() {
        return entries - 1 - anchorIndex;
    }

    /** Whether lines older than those behind the anchor, or than the lower bound, passed by. */
    boolean sawOlder() {
        return reachedSince || (plan.anchor() == Anchor.AFTER && behind && (anchorIndex >= 0 || before.pushed() > 0));
    }

    boolean moreAfter() {
        return moreAfter;
    }

    /** Whether the rest of the store passed by without the end before which the page should have ended. */
    boolean missedEnd() {
        return plan.end() != null && !plan.end().included() && !ended && !moreAfter;
    }

    public LineWindow before() {
        return before;
    }

    LineWindow after() {
        return after;
    }

    private void takeAnchor(Line line) {
        switch (plan.anchor()) {
            case THROUGH -> before.push(line);
            case AROUND -> after.push(line);
            case BEFORE -> moreAfter = true;
            case AFTER, NEWEST -> {}
        }
    }

    private void takeBehind(Line line) {
        if (after.full()) {
            moreAfter = true;
        } else {
            after.push(line);
        }
    }
}
