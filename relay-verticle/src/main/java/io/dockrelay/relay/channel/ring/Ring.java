package io.dockrelay.relay.channel.ring;

import java.util.function.LongSupplier;

import io.dockrelay.protocol.logs.LogSlice;
import io.dockrelay.protocol.logs.TailMark;

/**
 * The newest batches of one container, bounded in bytes and in age. Batches are counted from 0 and never renumbered. It
 * does not depend on its subscribers; a subscriber compares its {@link RingPosition} to see that the ring has overtaken it.
 * Ends with {@link #close}. For one thread.
 */
public final class Ring implements RingBudget.Member {

    /** Longer than a subscriber may stall: nothing older is needed, and a subscriber that comes back reads the store. */
    static final long MAX_AGE_MS = 60_000;

    /** A batch, the position before it, and the time of its arrival. */
    record Entry(RingPosition before, EncodedBatch batch, long at) {

        RingPosition end() {
            return before.after(batch);
        }
    }

    private final int maxBytes;
    private final RingBudget budget;
    private final LongSupplier clock;

    /** Circular: entry {@code i} is at {@code i % length}. The length is a power of two. */
    private Entry[] entries = new Entry[64];

    /** Before the oldest batch. */
    private RingPosition start;

    /** After the newest batch. */
    private RingPosition end;

    private long bytes;

    /** Of the newest line; null while there was none. */
    private String lastTimestamp;

    /** The last state among the marks of evicted batches, and that batch's index; null when there is none. */
    private TailMark.State evictedState;

    private long evictedStateAt = -1;

    /**
     * @param clock milliseconds, never decreasing
     * @param before the newest lines before the ring, if they are known; its last position is where the ring begins
     */
    public Ring(int maxBytes, RingBudget budget, LongSupplier clock, LogSlice before) {
        this.maxBytes = maxBytes;
        this.budget = budget;
        this.clock = clock;
        start = RingPosition.beginning(before.last());
        lastTimestamp = before.lines().lastTimestamp();
        end = start;
        budget.enter(this);
    }

    public RingPosition start() {
        return start;
    }

    public RingPosition end() {
        return end;
    }

    /** Of the newest line, evicted or not; null while there was none. */
    public String lastTimestamp() {
        return lastTimestamp;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    int size() {
        return (int) (end.next() - start.next());
    }

    /** Whether the batch after this position was evicted. */
    public boolean overtook(RingPosition position) {
        return position.next() < start.next();
    }

    /** The batch after this position, which is neither overtaken nor the end. */
    public EncodedBatch at(RingPosition position) {
        return entry(position.next()).batch();
    }

    /** Adds the newest batch; evicts batches that no longer fit or are too old. */
    public void append(EncodedBatch batch) {
        long now = clock.getAsLong();
        if (size() == entries.length) {
            grow();
        }
        entries[slot(end.next())] = new Entry(end, batch, now);
        end = end.after(batch);
        lastTimestamp = batch.lastTimestamp() == null ? lastTimestamp : batch.lastTimestamp();
        changed(batch.size());
        while (size() > 1 && (bytes > maxBytes || now - entry(start.next()).at() > MAX_AGE_MS)) {
            evictOldest();
        }
        budget.settle();
    }

    @Override
    public boolean canShrink() {
        return size() > 1;
    }

    @Override
    public void evictOldest() {
        Entry oldest = entry(start.next());
        entries[slot(start.next())] = null;
        TailMark.State state = oldest.batch().lastState();
        if (state != null) {
            evictedState = state;
            evictedStateAt = start.next();
        }
        start = oldest.end();
        changed(-oldest.batch().size());
    }

    /** Encoded cursor of the first line after this position, which is not overtaken; null when there is none yet. */
    public String firstAfter(RingPosition position) {
        for (long index = position.next(); index < end.next(); index++) {
            EncodedBatch batch = entry(index).batch();
            if (batch.lines() > 0) {
                return batch.first();
            }
        }
        return null;
    }

    /** The last state before this position, as far as it is known; null when there was none since the ring began. */
    public TailMark.State stateBefore(RingPosition position) {
        for (long index = position.next() - 1; index >= start.next(); index--) {
            TailMark.State state = entry(index).batch().lastState();
            if (state != null) {
                return state;
            }
        }
        return evictedStateAt < position.next() ? evictedState : null;
    }

    /** The last state that a subscriber at this overtaken position has missed; null when there is none. */
    public TailMark.State missedState(RingPosition position) {
        return evictedStateAt >= position.next() ? evictedState : null;
    }

    /** The newest position with this cursor; null when the ring does not have it. */
    public RingPosition find(String cursor) {
        if (cursor.equals(end.cursor())) {
            return end;
        }
        for (long index = end.next() - 1; index >= start.next(); index--) {
            RingPosition before = entry(index).before();
            if (cursor.equals(before.cursor())) {
                return before;
            }
        }
        return null;
    }

    /** Releases its bytes; nothing may be appended any more. */
    public void close() {
        budget.leave(this);
    }

    private Entry entry(long index) {
        return entries[slot(index)];
    }

    private int slot(long index) {
        return (int) (index & (entries.length - 1));
    }

    private void changed(int more) {
        bytes += more;
        budget.changed(more);
    }

    private void grow() {
        var old = entries;
        entries = new Entry[old.length * 2];
        for (Entry entry : old) {
            entries[slot(entry.before().next())] = entry;
        }
    }
}
