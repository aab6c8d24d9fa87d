package io.dockrelay.relay.channel;

import java.time.Instant;

import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.logs.GapReason;
import io.dockrelay.protocol.logs.LogSnapshot;
import io.dockrelay.protocol.logs.LogStateKind;
import io.dockrelay.protocol.logs.TailMark;
import io.dockrelay.protocol.wire.ClientMessage.SubscribeLogs;
import io.dockrelay.protocol.wire.TailFrames;
import io.dockrelay.relay.channel.catchup.BacklogLimiter;
import io.dockrelay.relay.channel.catchup.BacklogSize;
import io.dockrelay.relay.channel.catchup.Join;
import io.dockrelay.relay.channel.ring.EncodedBatch;
import io.dockrelay.relay.channel.ring.Ring;
import io.dockrelay.relay.channel.ring.RingPosition;

/**
 * One subscription: its position in the ring, and what its sink has got. Owned by its channel, on the channel's context;
 * ends with {@link #close} or {@link #fail}.
 */
final class Subscriber implements LogSubscription {

    /** The channel's side. */
    interface Listener {

        /** The present id of the container's controller. */
        String controller();

        /** The container's current name. */
        String name();

        /** The sink takes more. */
        void drained(Subscriber subscriber);

        /** The subscription has ended. */
        void left(Subscriber subscriber);
    }

    private enum Phase {
        /** Until the channel knows its position, or while its controller is away. */
        WAITING,
        /** Its backlog is being read. */
        JOINING,
        LIVE,
        CLOSED
    }

    /** What the next join depends on. */
    private enum Awaited {
        NOTHING,
        /** The channel is behind. */
        LATER_LINES,
        /** There is no container, and the channel has no position. */
        NEWS
    }

    private final SubscribeLogs request;
    private final LogSink sink;

    /** Of the channel's controller; null until there is a channel. */
    private TailFrames frames;

    /** Null until {@link #moveTo}. Changes at most once: when the requested name turns out to mean a container that has a channel. */
    private Listener channel;

    private Phase phase = Phase.WAITING;

    /** After what the sink has got; null until it is live. */
    private RingPosition position;

    /** Sent before what is after {@link #position}. */
    private final UnsentBacklog backlog;

    /** Whether the sink got the reason why there is no log yet. */
    private boolean saidWhy;

    /** Consecutive failed joins that count against another attempt. */
    private int failedJoins;

    /** How much the next join reads. */
    private BacklogSize size = BacklogSize.WHOLE;

    private Awaited awaited = Awaited.NOTHING;

    /** Whether the sink got an empty snapshot, because there is no container. */
    private boolean beganEmpty;

    /**
     * @param backlogs bounds the unread backlogs of the relay
     */
    Subscriber(SubscribeLogs request, LogSink sink, BacklogLimiter backlogs) {
        this.request = request;
        this.sink = sink;
        this.backlog = new UnsentBacklog(backlogs);
    }

    void moveTo(Listener owner) {
        channel = owner;
        controllerChanged();
    }

    /** The channel's controller has another id. */
    void controllerChanged() {
        frames = new TailFrames(channel.controller(), request.sub());
    }

    SubscribeLogs request() {
        return request;
    }

    /** What stands for its browser among the readers of the log. */
    Object reader() {
        return sink.reader();
    }

    /** How much of its backlog the next join reads: less after one that took too long. */
    BacklogSize size() {
        return size;
    }

    /** Whether its backlog may be read now: a snapshot is not added to a full socket. */
    boolean mayJoin() {
        return phase == Phase.WAITING && !sink.full();
    }

    boolean joining() {
        return phase != Phase.LIVE;
    }

    /** Whether its backlog is wanted, or being read. */
    boolean readsBacklog() {
        return phase == Phase.JOINING;
    }

    boolean ready() {
        return phase == Phase.LIVE && !sink.full();
    }

    /** Whether it could join if the channel had moved on. */
    boolean awaitsTail() {
        return awaited != Awaited.NOTHING && !sink.full();
    }

    /** Whether it joins again when the ring has something new. */
    boolean awaitsNews() {
        return awaited == Awaited.NEWS;
    }

    boolean isClosed() {
        return phase == Phase.CLOSED;
    }

    /** There is no log for now: the sink gets the reason, once until there is one. */
    void awaits(String why) {
        if (phase != Phase.LIVE && phase != Phase.CLOSED && !saidWhy && !sink.full()) {
            saidWhy = true;
            sink.frame(frames.mark(channel.name(), waiting(why)));
        }
    }

    private TailMark.State waiting(String why) {
        return new TailMark.State(LogStateKind.WAITING, channel.name(), Instant.now(), why);
    }

    void beginJoin() {
        phase = Phase.JOINING;
    }

    /** Its backlog has to be read again: there is no room for all of it. */
    void joinSmaller() {
        phase = Phase.WAITING;
        size = size.smaller();
    }

    /** The channel is behind: join again when it has moved on. */
    void awaitTail() {
        phase = Phase.WAITING;
        awaited = Awaited.LATER_LINES;
    }

    /**
     * There is no container of that name for now: join again when the ring has something new. Until then the
     * sink has a snapshot without lines and the state, as from a controller.
     *
     * @param state the last one of the channel; null when there was none
     */
    void awaitNews(LogSnapshot empty, TailMark.State state) {
        phase = Phase.WAITING;
        awaited = Awaited.NEWS;
        if (beganEmpty || sink.full()) {
            return;
        }
        beganEmpty = true;
        saidWhy = true;
        String name = channel.name();
        sink.frame(frames.snapshot(name, empty));
        // A sink may end its subscription while it takes a frame.
        if (phase != Phase.CLOSED) {
            sink.frame(frames.mark(name, state == null ? waiting(null) : state));
        }
    }

    /**
     * The join failed.
     *
     * @param next what the next attempt reads
     * @param counts whether the failure counts against another attempt
     * @return the failures that count
     */
    int joinFailed(BacklogSize next, boolean counts) {
        phase = Phase.WAITING;
        awaited = Awaited.NOTHING;
        size = next;
        failedJoins += counts ? 1 : 0;
        return failedJoins;
    }

    /**
     * The backlog was read: sends its snapshot; the rest follows with the next {@link #pump}. With a full sink, the backlog
     * is read again later.
     *
     * @param state to send after the backlog; null for none
     */
    void joined(Join.Joined joined, TailMark.State state) {
        awaited = Awaited.NOTHING;
        if (sink.full()) {
            phase = Phase.WAITING;
            return;
        }
        phase = Phase.LIVE;
        position = joined.position();
        boolean follows = state == null && saidWhy;
        saidWhy = false;
        backlog.begin(
                joined,
                follows ? new TailMark.State(LogStateKind.FOLLOWING, channel.name(), Instant.now(), null) : state);
        sink.frame(frames.snapshot(channel.name(), joined.snapshot()));
        if (joined.gap() != null) {
            send(frames.mark(channel.name(), joined.gap()));
        }
    }

    /** Sends what the sink takes. */
    void pump(Ring ring) {
        while (ready() && backlogSent()) {
            if (ring.overtook(position)) {
                skipTo(ring);
            } else if (position.next() < ring.end().next()) {
                EncodedBatch batch = ring.at(position);
                position = position.after(batch);
                send(batch);
            } else {
                return;
            }
        }
    }

    void fail(Refusal refusal) {
        if (phase != Phase.CLOSED) {
            end();
            sink.failed(refusal);
        }
    }

    /** Ends it without informing the sink or the channel. */
    void forget() {
        end();
    }

    @Override
    public String controller() {
        return channel.controller();
    }

    @Override
    public String container() {
        return channel.name();
    }

    @Override
    public void drained() {
        if (phase != Phase.CLOSED) {
            channel.drained(this);
        }
    }

    @Override
    public void close() {
        if (phase != Phase.CLOSED) {
            end();
            leave();
        }
    }

    /** Its channel has one subscriber less. */
    void leave() {
        channel.left(this);
    }

    /** Sends the rest of the backlog; whether all of it was sent. */
    private boolean backlogSent() {
        while (!backlog.isEmpty() && ready()) {
            send(frames.lines(channel.name(), backlog.poll()));
        }
        if (!backlog.isEmpty() || phase != Phase.LIVE) {
            return false;
        }
        TailMark.State state = backlog.takeState();
        if (state != null) {
            send(frames.mark(channel.name(), state));
        }
        if (!sink.full()) {
            backlog.release();
        }
        return true;
    }

    private void end() {
        phase = Phase.CLOSED;
        awaited = Awaited.NOTHING;
        backlog.drop();
    }

    private void send(EncodedBatch batch) {
        for (TailMark mark : batch.marks()) {
            send(frames.mark(batch.name(), mark));
        }
        if (batch.frame() != null) {
            send(frames.ofShared(batch.frame()));
        }
    }

    /** The ring has overtaken this subscriber: one gap and the state that it missed, then the oldest batch there is. */
    private void skipTo(Ring ring) {
        RingPosition missed = position;
        position = ring.start();
        Long count = missed.linesTo(position);
        if (count == null || count > 0) {
            String to = ring.firstAfter(position);
            var gap = new TailMark.Gap(GapReason.SLOW_CLIENT, missed.cursor(), to, count);
            send(frames.mark(channel.name(), gap));
        }
        TailMark.State state = ring.missedState(missed);
        if (state != null) {
            send(frames.mark(channel.name(), state));
        }
    }

    /** A sink may end its subscription while it takes a frame. */
    private void send(byte[] frame) {
        if (phase == Phase.LIVE) {
            sink.frame(frame);
        }
    }
}
