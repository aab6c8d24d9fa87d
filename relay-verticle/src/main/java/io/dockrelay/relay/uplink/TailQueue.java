package io.dockrelay.relay.uplink;

import java.util.ArrayDeque;
import java.util.Deque;

import io.dockrelay.protocol.logs.GapReason;
import io.dockrelay.protocol.logs.TailMark;

/**
 * What a remote tail has sent and its reader has not taken, in order and bounded in bytes: by the credit that its
 * controller keeps to, or, where that knows none, by dropping lines until it is half empty, with a gap where they were.
 * Pure; for one thread.
 */
final class TailQueue {

    private final int mostBytes;
    private final QueueBudget budget;
    private final Deque<TailItem> items = new ArrayDeque<>();
    private long bytes;

    /** Position behind the last line that was let in; null while there was none. */
    private String cursor;

    /** Position behind the last line that was taken; null while there was none. */
    private String handed;

    /** Whether the controller sends no more than it was granted. */
    private boolean credited;

    /** True from the first line that was dropped to the next one that is let in. */
    private boolean dropping;

    private long dropped;

    TailQueue(int mostBytes, QueueBudget budget) {
        this.mostBytes = mostBytes;
        this.budget = budget;
    }

    /** Where a tail that is opened again has to go on. */
    String cursor() {
        return cursor;
    }

    /** Position behind what the reader has taken; null when nothing was. */
    String handed() {
        return handed;
    }

    /** Whether the controller keeps to credit, so that nothing need be dropped here. */
    void credited(boolean kept) {
        credited = kept;
    }

    void offer(TailItem item) {
        int size = item.lines().size();
        if (size > 0 && !fits(size)) {
            dropping = true;
            dropped += item.lines().count();
            return;
        }
        TailItem whole = dropping && size > 0 ? item.after(endOfGap(item.first())) : item;
        cursor = item.cursor() == null ? cursor : item.cursor();
        items.add(whole);
        held(size);
    }

    /** The next to hand over: marks that stand alone travel with the lines behind them. Null when there is nothing. */
    TailItem poll() {
        TailItem item = items.poll();
        while (item != null && item.standsAlone() && !items.isEmpty()) {
            item = item.with(items.poll());
        }
        if (item != null) {
            held(-item.lines().size());
            handed = item.cursor() == null ? handed : item.cursor();
        }
        return item;
    }

    /** The controller goes on exactly behind {@link #cursor}: what was dropped comes again. */
    void continued() {
        dropping = false;
        dropped = 0;
    }

    /** Goes to the present: what waits is dropped, up to the lines that come next. */
    void jump() {
        for (TailItem item : items) {
            dropped += item.lines().count();
            held(-item.lines().size());
        }
        items.removeIf(item -> !item.standsAlone());
        cursor = handed;
        dropping = true;
    }

    /** Gives everything up. */
    void clear() {
        items.clear();
        held(-bytes);
    }

    private boolean fits(int size) {
        if (credited || items.isEmpty()) {
            return true;
        }
        int most = dropping ? mostBytes / 2 : mostBytes;
        return bytes + size <= most && budget.admits(size);
    }

    private TailMark.Gap endOfGap(String to) {
        var gap = new TailMark.Gap(GapReason.SLOW_CLIENT, cursor, to, dropped == 0 ? null : (Long) dropped);
        continued();
        return gap;
    }

    private void held(long more) {
        bytes += more;
        budget.add(more);
    }
}
