package io.dockrelay.relay.channel;

import java.time.Duration;
import java.util.List;

import io.vertx.core.Future;

import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.logs.BatchTaken;
import io.dockrelay.protocol.logs.LogBatch;
import io.dockrelay.protocol.logs.LogPage;
import io.dockrelay.protocol.logs.OpenTail;
import io.dockrelay.protocol.logs.ReadLogs;
import io.dockrelay.protocol.logs.TailFrom;
import io.dockrelay.protocol.logs.TailMark;
import io.dockrelay.relay.channel.BackpressurePolicy.Readers;
import io.dockrelay.relay.channel.catchup.BacklogLimiter;
import io.dockrelay.relay.channel.catchup.Join;
import io.dockrelay.relay.channel.ring.EncodedBatch;
import io.dockrelay.relay.channel.ring.Ring;
import io.dockrelay.relay.channel.ring.RingPosition;

/**
 * One container that somebody watches: one upstream tail, a ring of its newest batches, and the readers. It follows the
 * container from the moment it is opened; every reader fetches its own backlog up to the channel's position and goes on
 * from there.
 *
 * <p>Owned by {@link LogChannels}, on its context. Ends when the last reader has left and nobody came in the linger time,
 * or when the tail is refused.
 */
final class LogChannel implements TailClient.Listener, Subscribers.Source {

    private static final long NO_TIMER = -1;

    private final LogChannels channels;
    private final ChannelContext scope;
    private final String controller;
    private final TailClient upstream;
    private final BackpressurePolicy policy = new BackpressurePolicy();
    private final Subscribers readers;
    private final BatchCoalescer intake;

    /** As it was asked for until the controller has said its own; changes with a rename. */
    private String name;

    /** True once the controller has said its name. */
    private boolean nameKnown;

    /** Null until the first batch has told where the channel begins. */
    private Ring ring;

    private final ChannelState state = new ChannelState();

    private boolean over;
    private long lingerTimer = NO_TIMER;

    LogChannel(LogChannels channels, ChannelContext scope, String controller, String name) {
        this.channels = channels;
        this.scope = scope;
        this.controller = controller;
        this.name = name;
        upstream = new TailClient(scope, controller, this);
        readers = new Subscribers(scope, controller, this);
        intake = new BatchCoalescer(scope, readers::count, this::append);
    }

    String controller() {
        return controller;
    }

    String name() {
        return name;
    }

    TailClient upstream() {
        return upstream;
    }

    /** A new reader; it is started by {@link #joinWaiting}. */
    void enrol(Subscriber reader) {
        cancelLinger();
        reader.moveTo(this);
        readers.add(reader);
    }

    /** Hands its readers, none of which has got anything yet, to the channel that has the same container. */
    void mergeInto(LogChannel other) {
        List<Subscriber> moved = readers.takeAll();
        close();
        moved.forEach(other::enrol);
        other.joinWaiting();
    }

    BacklogLimiter backlogs() {
        return scope.backlogs();
    }

    void drained(Subscriber reader) {
        if (ring != null) {
            reader.pump(ring);
            readers.joinWaiting();
            resume();
        }
    }

    void left(Subscriber reader) {
        readers.remove(reader);
        if (readers.isEmpty() && !over && lingerTimer == NO_TIMER) {
            long linger = Math.max(1, scope.limits().linger().toMillis());
            lingerTimer = scope.vertx().setTimer(linger, id -> close());
        }
    }

    /** Closes everything it has opened; no reader hears of it. */
    void close() {
        if (over) {
            return;
        }
        over = true;
        cancelLinger();
        intake.close();
        readers.takeAll().forEach(Subscriber::forget);
        upstream.close();
        if (ring != null) {
            ring.close();
        }
        channels.closed(this);
    }

    @Override
    public OpenTail wanted(String subscription) {
        if (ring == null) {
            return new OpenTail(subscription, name, new TailFrom.Lines(0), readers.waitsForContainer());
        }
        intake.flush();
        return new OpenTail(
                subscription, name, state.reopenFrom(ring.end(), scope.limits().lines()), true);
    }

    @Override
    public void opened(String canonical) {
        named(canonical, !nameKnown);
        nameKnown = true;
        if (!over) {
            joinWaiting();
        }
    }

    @Override
    public boolean refused(Refusal refusal) {
        if (ring != null) {
            state.positionRefused(refusal.kind() == RefusalKind.BAD_REQUEST);
            return true;
        }
        boolean mayCome = refusal.kind() == RefusalKind.NO_SUCH_CONTAINER;
        readers.fail(reader -> !mayCome || !reader.request().waiting(), refusal);
        if (readers.isEmpty()) {
            close();
        }
        return !over;
    }

    @Override
    public void batch(LogBatch batch) {
        if (ring == null) {
            ring = new Ring(scope.limits().ringBytes(), scope.budget(), scope.clock(), batch.cursor());
            state.begin(batch);
        } else {
            intake.take(batch);
        }
        if (!over) {
            readers.joinAtBatch();
        }
    }

    @Override
    public BatchTaken answer() {
        return policy.answer(readers.stand(), scope.clock().getAsLong());
    }

    @Override
    public Duration hold() {
        return Duration.ofMillis(policy.holdMs(scope.clock().getAsLong()));
    }

    /** Answers the held batch when a subscriber takes more. */
    private void resume() {
        if (readers.stand() == Readers.READY) {
            upstream.ready();
        }
    }

    private void append(LogBatch taken) {
        LogBatch batch = state.checked(taken, ring.end());
        boolean nothing = batch.marks().isEmpty() && batch.lines().isEmpty();
        if (nothing
                && (batch.cursor() == null || batch.cursor().equals(ring.end().cursor()))) {
            return;
        }
        ring.append(EncodedBatch.of(batch, controller));
        state.passed(batch);
        if (nameKnown) {
            named(batch.container(), false);
        }
        readers.pump();
    }

    private void named(String canonical, boolean first) {
        if (!canonical.equals(name)) {
            String before = name;
            name = canonical;
            channels.renamed(this, before, first);
        }
    }

    /** Starts those who have not begun, once the channel knows its position and its controller is there. */
    void joinWaiting() {
        readers.joinWaiting();
    }

    @Override
    public Join joining() {
        return ring == null || !upstream.isOpen()
                ? null
                : new Join(
                        this::page,
                        name,
                        ring,
                        state::lastLine,
                        scope.backlogs().limits());
    }

    @Override
    public Ring ring() {
        return ring;
    }

    @Override
    public TailMark.State stateAt(RingPosition place) {
        return state.at(place, ring);
    }

    @Override
    public void changed() {
        resume();
    }

    private Future<LogPage> page(ReadLogs question) {
        return scope.bus().ask(Addresses.readLogs(controller), question);
    }

    private void cancelLinger() {
        if (lingerTimer != NO_TIMER) {
            scope.vertx().cancelTimer(lingerTimer);
            lingerTimer = NO_TIMER;
        }
    }
}
