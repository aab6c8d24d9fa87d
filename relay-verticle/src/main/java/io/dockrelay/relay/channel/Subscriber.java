package io.dockrelay.relay.channel;

import java.util.ArrayDeque;
import java.util.Deque;

import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.logs.GapReason;
import io.dockrelay.protocol.logs.LogSlice;
import io.dockrelay.protocol.logs.TailMark;
import io.dockrelay.protocol.wire.ClientMessage.SubscribeLogs;
import io.dockrelay.protocol.wire.TailFrames;
import io.dockrelay.relay.channel.catchup.Join;
import io.dockrelay.relay.channel.ring.EncodedBatch;
import io.dockrelay.relay.channel.ring.Ring;
import io.dockrelay.relay.channel.ring.RingPosition;

/**
 * One subscription: its place in the ring, and what its sink has been told. Owned by its {@link LogChannel}, on the
 * channel's context; ends by {@link #close} or {@link #fail}.
 */
final class Subscriber implements LogSubscription {

    private enum Phase {
        /** Until the channel knows its position, or while its controller is away. */
        WAITING,
        /** Its backlog is being read. */
        JOINING,
        LIVE,
        OVER
    }

    private final SubscribeLogs request;
    private final LogSink sink;
    private final TailFrames frames;

    /** Changes once at most: when the name that was asked for turns out to mean a container that has a channel. */
    private LogChannel channel;

    private Phase phase = Phase.WAITING;

    /** Behind what the sink has got; null until it is live. */
    private RingPosition place;

    /** What is left of the backlog, to be told before what stands behind {@link #place}. */
    private final Deque<LogSlice> ahead = new ArrayDeque<>();

    /** The state to be told behind the backlog; null when there is none, or it was told. */
    private TailMark.State stateBehind;

    /** Bytes of the backlog until all of it was handed over and the sink takes more. */
    private long unread;

    /** Joins that failed in a row and may be tried again. */
    private int failedJoins;

    /** Whether the last of them failed because the channel is behind. */
    private boolean awaitsTail;

    Subscriber(String controller, SubscribeLogs request, LogSink sink) {
        this.request = request;
        this.sink = sink;
        frames = new TailFrames(controller, request.sub());
    }

    void moveTo(LogChannel owner) {
        channel = owner;
    }

    SubscribeLogs request() {
        return request;
    }

    /** Whether its backlog may be fetched now: a snapshot is not put on top of a full socket. */
    boolean mayJoin() {
        return phase == Phase.WAITING && !sink.full();
    }

    boolean joining() {
        return phase != Phase.LIVE;
    }

    boolean ready() {
        return phase == Phase.LIVE && !sink.full();
    }

    /** Whether it could join if the channel had gone on. */
    boolean awaitsTail() {
        return awaitsTail && !sink.full();
    }

    boolean over() {
        return phase == Phase.OVER;
    }

    void beginJoin() {
        phase = Phase.JOINING;
    }

    /**
     * The join failed and is to be tried again.
     *
     * @param counts whether the failure speaks against the next attempt
     * @param behind whether the channel has to go on first
     * @return the failures that count
     */
    int joinAgain(boolean counts, boolean behind) {
        phase = Phase.WAITING;
        awaitsTail = behind;
        failedJoins += counts ? 1 : 0;
        return failedJoins;
    }

    /** The backlog has come: its snapshot goes out, the rest with the next {@link #pump}. A full sink fetches it anew. */
    void join(Join.Joined joined, TailMark.State state) {
        awaitsTail = false;
        if (sink.full()) {
            phase = Phase.WAITING;
            return;
        }
        phase = Phase.LIVE;
        place = joined.place();
        stateBehind = state;
        ahead.addAll(joined.rest());
        unread = joined.bytes();
        channel.backlogs().add(unread);
        sink.frame(frames.snapshot(channel.name(), joined.snapshot()));
        if (joined.gap() != null) {
            give(frames.mark(channel.name(), joined.gap()));
        }
    }

    /** Hands over what the sink takes. */
    void pump(Ring ring) {
        while (ready()) {
            if (!backlogLeft()) {
                return;
            }
            if (ring.overtook(place)) {
                skipTo(ring);
            } else if (place.next() < ring.end().next()) {
                EncodedBatch batch = ring.at(place);
                place = place.behind(batch);
                batch(batch);
            } else {
                return;
            }
        }
    }

    void fail(Refusal refusal) {
        if (phase != Phase.OVER) {
            end();
            sink.failed(refusal);
        }
    }

    /** Ends it without a word to anyone. */
    void forget() {
        end();
    }

    @Override
    public String container() {
        return channel.name();
    }

    @Override
    public void drained() {
        if (phase != Phase.OVER) {
            channel.drained(this);
        }
    }

    @Override
    public void close() {
        if (phase != Phase.OVER) {
            end();
            leave();
        }
    }

    /** Its channel has one reader less. */
    void leave() {
        channel.left(this);
    }

    /** Hands over what is left of the backlog; whether all of it has left. */
    private boolean backlogLeft() {
        while (!ahead.isEmpty() && ready()) {
            give(frames.lines(channel.name(), ahead.poll()));
        }
        if (!ahead.isEmpty() || phase != Phase.LIVE) {
            return false;
        }
        TailMark.State state = stateBehind;
        stateBehind = null;
        if (state != null) {
            give(frames.mark(channel.name(), state));
        }
        if (!sink.full()) {
            read();
        }
        return true;
    }

    /** The backlog is of no weight any more. */
    private void read() {
        channel.backlogs().add(-unread);
        unread = 0;
    }

    private void end() {
        phase = Phase.OVER;
        awaitsTail = false;
        ahead.clear();
        read();
    }

    private void batch(EncodedBatch batch) {
        for (TailMark mark : batch.marks()) {
            give(frames.mark(batch.name(), mark));
        }
        if (batch.frame() != null) {
            give(frames.ofShared(batch.frame()));
        }
    }

    /** The ring went on without this reader: one gap, and the state it missed; then the oldest there is. */
    private void skipTo(Ring ring) {
        RingPosition missed = place;
        place = ring.start();
        Long count = missed.linesTo(place);
        if (count == null || count > 0) {
            String to = ring.firstBehind(place);
            var gap = new TailMark.Gap(GapReason.SLOW_CLIENT, missed.cursor(), to, count);
            give(frames.mark(channel.name(), gap));
        }
        TailMark.State state = ring.missedState(missed);
        if (state != null) {
            give(frames.mark(channel.name(), state));
        }
    }

    /** A sink may end its subscription from inside a frame. */
    private void give(byte[] frame) {
        if (phase == Phase.LIVE) {
            sink.frame(frame);
        }
    }
}
