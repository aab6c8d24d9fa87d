package io.dockrelay.relay.channel;

import java.util.ArrayDeque;
import java.util.Deque;

import io.dockrelay.protocol.logs.LogSlice;
import io.dockrelay.protocol.logs.TailMark;
import io.dockrelay.relay.channel.catchup.BacklogLimiter;
import io.dockrelay.relay.channel.catchup.Join;

/**
 * What a subscriber's sink has not got of its backlog after the snapshot, and the state to send after it. The bytes of the
 * whole backlog count against the limit of the relay until all of it was sent and the sink takes more. Owned by its {@link
 * Subscriber}, on the channel's context.
 */
final class UnsentBacklog {

    private final BacklogLimiter limiter;
    private final Deque<LogSlice> slices = new ArrayDeque<>();

    /** Null when there is none, or it was sent. */
    private TailMark.State stateAfter;

    /** Bytes that count against the limit. */
    private long unread;

    UnsentBacklog(BacklogLimiter limiter) {
        this.limiter = limiter;
    }

    /** @param state to send after the backlog; null for none */
    void begin(Join.Joined joined, TailMark.State state) {
        slices.addAll(joined.rest());
        stateAfter = state;
        unread = joined.bytes();
        limiter.add(unread);
    }

    boolean isEmpty() {
        return slices.isEmpty();
    }

    /** Takes the next part out; null when there is none. */
    LogSlice poll() {
        return slices.poll();
    }

    /** Takes the state after the backlog; null when there is none. */
    TailMark.State takeState() {
        TailMark.State state = stateAfter;
        stateAfter = null;
        return state;
    }

    /** The sink has got all of it. */
    void release() {
        limiter.add(-unread);
        unread = 0;
    }

    /** It is not wanted any more. */
    void drop() {
        slices.clear();
        release();
    }
}
