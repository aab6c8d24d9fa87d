package io.dockrelay.relay.uplink;

import java.util.ArrayDeque;
import java.util.Deque;

import io.dockrelay.protocol.logs.GapReason;
import io.dockrelay.protocol.logs.TailMark;

/**
 * What a remote tail has received and its receiver on the bus has not taken, in order and bounded in bytes: by the credit
 * that the controller keeps to, or, without credit, by dropping lines until it is half empty, with a gap in their place.
 * Pure; for one thread.
 */
final class TailQueue {

    /** Items that wait at most, so that marks and short lines are bounded as well; a window of credit has room for fewer. */
    private static final int MOST_ITEMS = 65_536;

    private final int mostBytes;
    private final QueueBudget budget;
    private final Deque<TailItem> items = new ArrayDeque<>();
    private long bytes;

    /** Position after the last line that was accepted; null while there was none. */
    private String cursor;

    /** Position after the last line that was taken out; null while there was none. */
    private String delivered;

    /** Whether the controller sends no more than was granted. */
    private boolean credited;

    /** True from the first line that was dropped to the next one that is accepted. */
    private boolean dropping;

    private long dropped;

    TailQueue(int mostBytes, QueueBudget budget) {
        this.mostBytes = mostBytes;
        this.budget = budget;
    }

    /** Bytes of lines that wait here at most, without credit. */
    int mostBytes() {
        return mostBytes;
    }

    /** Where a tail that is opened again continues. */
    String cursor() {
        return cursor;
    }

    /** Position after what was taken out; null when nothing was. */
    String delivered() {
        return delivered;
    }

    /** Whether the controller keeps to credit, so that nothing has to be dropped here. */
    void credited(boolean kept) {
        credited = kept;
    }

    boolean credited() {
        return credited;
    }

    /** Whether so many items wait that the controller cannot be one that keeps to the protocol. */
    boolean isOverfull() {
        return items.size() >= MOST_ITEMS;
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

    /** Takes the next item out; marks without lines travel with the lines after them. Null when there is nothing. */
    TailItem poll() {
        TailItem item = items.poll();
        while (item != null && item.standsAlone() && !items.isEmpty()) {
            item = item.with(items.poll());
        }
        if (item != null) {
            held(-item.lines().size());
            delivered = item.cursor() == null ? delivered : item.cursor();
        }
        return item;
    }

    /** The controller continues exactly after {@link #cursor}: the dropped lines come again. */
    void continued() {
        dropping = false;
        dropped = 0;
    }

    /** Skips to the present: drops what waits, up to the lines that arrive next. */
    void jump() {
        for (TailItem item : items) {
            dropped += item.lines().count();
            held(-item.lines().size());
        }
        items.removeIf(item -> !item.standsAlone());
        cursor = delivered;
        dropping = true;
    }

    /** Drops everything. */
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
