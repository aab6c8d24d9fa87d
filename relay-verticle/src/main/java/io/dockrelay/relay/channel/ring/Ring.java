package io.dockrelay.relay.channel.ring;

import java.util.function.LongSupplier;

import io.dockrelay.protocol.logs.TailMark;

/**
 * The newest batches of one container, bounded in bytes and in age. Batches are counted from 0 and never renumbered. It
 * knows nothing of its readers; who was overtaken sees that by its {@link RingPosition}. For one thread.
 */
public final class Ring {

    /** Longer than any reader may stand still: what is older nobody waits for, and who comes back reads the store. */
    static final long MOST_MS = 60_000;

    /** A batch, the place in front of it, and when it came in. */
    record Entry(RingPosition before, EncodedBatch batch, long at) {

        RingPosition behind() {
            return before.behind(batch);
        }
    }

    private final int mostBytes;
    private final RingBudget budget;
    private final LongSupplier clock;

    /** A circle: entry {@code i} stands at {@code i % length}. The length is a power of two. */
    private Entry[] entries = new Entry[64];

    /** In front of the oldest batch there is. */
    private RingPosition start;

    /** Behind the newest batch. */
    private RingPosition end;

    private long bytes;

    /** The last state among the marks of evicted batches, and that batch's index; null when there is none. */
    private TailMark.State evictedState;

    private long evictedStateAt = -1;

    /**
     * @param clock milliseconds that only ever grow
     * @param cursor encoded position where the channel begins; null when nothing was ever read
     */
    public Ring(int mostBytes, RingBudget budget, LongSupplier clock, String cursor) {
        this.mostBytes = mostBytes;
        this.budget = budget;
        this.clock = clock;
        start = RingPosition.beginning(cursor);
        end = start;
        budget.enter(this);
    }

    public RingPosition start() {
        return start;
    }

    public RingPosition end() {
        return end;
    }

    long bytes() {
        return bytes;
    }

    int size() {
        return (int) (end.next() - start.next());
    }

    /** Whether the batch behind this place is no longer there. */
    public boolean overtook(RingPosition place) {
        return place.next() < start.next();
    }

    /** The batch behind this place, which is neither overtaken nor the end. */
    public EncodedBatch at(RingPosition place) {
        return entry(place.next()).batch();
    }

    /** Adds the newest; what no longer fits, or is too old, leaves at the other end. */
    public void append(EncodedBatch batch) {
        long now = clock.getAsLong();
        if (size() == entries.length) {
            grow();
        }
        entries[slot(end.next())] = new Entry(end, batch, now);
        end = end.behind(batch);
        held(batch.size());
        while (size() > 1 && (bytes > mostBytes || now - entry(start.next()).at() > MOST_MS)) {
            evictOldest();
        }
        budget.settle();
    }

    void evictOldest() {
        Entry oldest = entry(start.next());
        entries[slot(start.next())] = null;
        TailMark.State state = oldest.batch().lastState();
        if (state != null) {
            evictedState = state;
            evictedStateAt = start.next();
        }
        start = oldest.behind();
        held(-oldest.batch().size());
    }

    /** Position of the first line behind this place, which is not overtaken; null when none has come. */
    public String firstBehind(RingPosition place) {
        for (long index = place.next(); index < end.next(); index++) {
            EncodedBatch batch = entry(index).batch();
            if (batch.lines() > 0) {
                return batch.first();
            }
        }
        return null;
    }

    /** The last state before this place, as far as it is known; null when there was none since the ring began. */
    public TailMark.State stateBefore(RingPosition place) {
        for (long index = place.next() - 1; index >= start.next(); index--) {
            TailMark.State state = entry(index).batch().lastState();
            if (state != null) {
                return state;
            }
        }
        return evictedStateAt < place.next() ? evictedState : null;
    }

    /** The last state that somebody at this overtaken place has missed; null when there is none. */
    public TailMark.State missedState(RingPosition place) {
        return evictedStateAt >= place.next() ? evictedState : null;
    }

    /** The newest place with that cursor; null when the ring does not know it. */
    public RingPosition behind(String cursor) {
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

    /** Gives its bytes back; nothing may be appended any more. */
    public void close() {
        budget.leave(this);
    }

    private Entry entry(long index) {
        return entries[slot(index)];
    }

    private int slot(long index) {
        return (int) (index & (entries.length - 1));
    }

    private void held(int more) {
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
