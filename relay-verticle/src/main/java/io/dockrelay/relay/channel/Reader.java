package io.dockrelay.relay.channel;

import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.logs.GapReason;
import io.dockrelay.protocol.logs.TailMark;
import io.dockrelay.protocol.wire.ClientMessage.SubscribeLogs;

/**
 * One subscription: its place in the ring, and what its sink has been told. Owned by its {@link LogChannel}, on the
 * channel's context; ends by {@link #close} or {@link #fail}.
 */
final class Reader implements LogSubscription {

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
    private final Frames frames;

    /** Changes once at most: when the name that was asked for turns out to mean a container that has a channel. */
    private LogChannel channel;

    private Phase phase = Phase.WAITING;

    /** Behind what the sink has got; null until it is live. */
    private Place place;

    /** Joins that failed in a row and may be tried again. */
    private int failedJoins;

    Reader(String controller, SubscribeLogs request, LogSink sink) {
        this.request = request;
        this.sink = sink;
        frames = new Frames(controller, request.sub());
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
     * @return the failures that count
     */
    int joinAgain(boolean counts) {
        phase = Phase.WAITING;
        failedJoins += counts ? 1 : 0;
        return failedJoins;
    }

    /** The backlog has come: everything from here on follows from the ring. A full sink fetches it anew later. */
    void join(Joining.Joined joined, TailMark.State state) {
        if (sink.full()) {
            phase = Phase.WAITING;
            return;
        }
        phase = Phase.LIVE;
        place = joined.place();
        sink.frame(frames.snapshot(channel.name(), joined.backlog()));
        if (joined.gap() != null) {
            give(frames.mark(channel.name(), joined.gap()));
        }
        if (state != null) {
            give(frames.state(state));
        }
    }

    /** Hands over what the sink takes. */
    void pump(Ring ring) {
        while (ready()) {
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
            phase = Phase.OVER;
            sink.failed(refusal);
        }
    }

    /** Ends it without a word to anyone. */
    void forget() {
        phase = Phase.OVER;
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
            phase = Phase.OVER;
            leave();
        }
    }

    /** Its channel has one reader less. */
    void leave() {
        channel.left(this);
    }

    private void batch(EncodedBatch batch) {
        for (TailMark mark : batch.marks()) {
            give(frames.mark(batch.name(), mark));
        }
        if (batch.frame() != null) {
            give(frames.lines(batch.frame()));
        }
    }

    /** The ring went on without this reader: one gap, and the state it missed; then the oldest there is. */
    private void skipTo(Ring ring) {
        Place missed = place;
        place = ring.start();
        Long count = missed.linesTo(place);
        if (count == null || count > 0) {
            give(frames.gap(channel.name(), GapReason.SLOW_CLIENT, missed.cursor(), null, count));
        }
        TailMark.State state = ring.missedState(missed);
        if (state != null) {
            give(frames.state(state));
        }
    }

    /** A sink may end its subscription from inside a frame. */
    private void give(byte[] frame) {
        if (phase == Phase.LIVE) {
            sink.frame(frame);
        }
    }
}
