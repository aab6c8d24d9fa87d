package io.dockrelay.relay.channel;

import java.time.Duration;
import java.util.List;

import io.vertx.core.Future;

import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.logs.BatchTaken;
import io.dockrelay.protocol.logs.LogBatch;
import io.dockrelay.protocol.logs.LogPage;
import io.dockrelay.protocol.logs.OpenTail;
import io.dockrelay.protocol.logs.ReadLogs;
import io.dockrelay.protocol.logs.TailFrom;
import io.dockrelay.protocol.logs.TailMark;
import io.dockrelay.protocol.timers.Timeout;
import io.dockrelay.relay.channel.BackpressurePolicy.Readers;
import io.dockrelay.relay.channel.catchup.BacklogSize;
import io.dockrelay.relay.channel.catchup.Join;
import io.dockrelay.relay.channel.catchup.StorePages;
import io.dockrelay.relay.channel.ring.EncodedBatch;
import io.dockrelay.relay.channel.ring.Ring;
import io.dockrelay.relay.channel.ring.RingPosition;

/**
 * One container with at least one subscriber: one tail, a ring of its newest batches, and the subscribers. It follows the
 * container from the moment it is opened; each subscriber reads its own backlog up to the channel's position and continues
 * from there.
 *
 * <p>A batch of the tail passes {@link TailClient}, {@link BatchCoalescer}, {@link Ring} and {@link Subscribers}, in this
 * order.
 *
 * <p>Owned by {@link LogChannels}, on its context. Ends when no subscriber is left for the linger time, or when the tail is
 * refused.
 */
final class LogChannel implements TailClient.Listener, Subscribers.Channel, Subscriber.Listener {

    /** The owner's side. */
    interface Listener {

        /**
         * The channel has another name.
         *
         * @param first whether it is the first name that the controller gave; otherwise the container was renamed
         */
        void renamed(LogChannel channel, String before, boolean first);

        /** The channel has ended. */
        void closed(LogChannel channel);
    }

    private final Listener listener;
    private final ChannelContext context;
    private final TailClient tail;
    private final BatchCoalescer coalescer;
    private final Subscribers subscribers;
    private final BackpressurePolicy policy = new BackpressurePolicy();
    private final ChannelState state = new ChannelState();
    private final Timeout linger;

    /** Changes when the controller gets another id. */
    private String controller;

    /** The requested name until the controller has given its own; changes with a rename. */
    private String name;

    /** True once the controller has given the name. */
    private boolean nameKnown;

    /** Null until the first batch, which gives the position where the channel begins. */
    private Ring ring;

    private boolean closed;

    LogChannel(Listener listener, ChannelContext context, String controller, String name) {
        this.listener = listener;
        this.context = context;
        this.controller = controller;
        this.name = name;
        tail = new TailClient(context, controller, this);
        subscribers = new Subscribers(context, this);
        coalescer = new BatchCoalescer(context, subscribers::count, this::append);
        linger = new Timeout(context.vertx());
    }

    @Override
    public String controller() {
        return controller;
    }

    /** The controller has another id: the tail is lost, and opened again there. */
    void moveTo(String successor) {
        controller = successor;
        tail.moveTo(successor);
        subscribers.controllerChanged();
    }

    @Override
    public String name() {
        return name;
    }

    TailClient tail() {
        return tail;
    }

    /** Takes another subscriber; {@link #joinWaiting} starts it. */
    void add(Subscriber subscriber) {
        linger.cancel();
        subscriber.moveTo(this);
        subscribers.add(subscriber);
    }

    /** Moves its subscribers, none of which has got a frame yet, to the channel that has the same container. */
    void mergeInto(LogChannel other) {
        List<Subscriber> moved = subscribers.takeAll();
        close();
        moved.forEach(other::add);
        other.joinWaiting();
    }

    /** Starts the subscribers that wait, once the channel knows its position and its controller is there. */
    void joinWaiting() {
        subscribers.joinWaiting();
    }

    /** Releases everything; the subscribers are not informed. */
    void close() {
        if (closed) {
            return;
        }
        closed = true;
        linger.cancel();
        coalescer.close();
        subscribers.takeAll().forEach(Subscriber::forget);
        tail.close();
        if (ring != null) {
            ring.close();
        }
        listener.closed(this);
    }

    // The tail

    @Override
    public OpenTail wanted(String subscription) {
        if (ring == null) {
            return new OpenTail(subscription, name, new TailFrom.Lines(0), subscribers.waitForContainer());
        }
        coalescer.flush();
        TailFrom from = state.reopenFrom(ring.end(), context.limits().lines());
        return new OpenTail(subscription, name, from, true);
    }

    @Override
    public void opened(String canonical) {
        named(canonical, !nameKnown);
        nameKnown = true;
        if (!closed) {
            joinWaiting();
        }
    }

    @Override
    public void awaits(String why) {
        subscribers.await(why);
    }

    @Override
    public boolean refused(Refusal refusal) {
        if (ring != null) {
            state.positionRefused(refusal.kind() == RefusalKind.BAD_REQUEST);
            return true;
        }
        boolean mayCome = refusal.kind() == RefusalKind.NO_SUCH_CONTAINER;
        subscribers.fail(subscriber -> !mayCome || !subscriber.request().waiting(), refusal);
        if (subscribers.isEmpty()) {
            close();
        }
        return !closed;
    }

    @Override
    public void batch(LogBatch batch) {
        if (ring == null) {
            ring = new Ring(context.limits().ringBytes(), context.budget(), context.clock(), batch.slice());
            state.begin(batch);
        } else {
            coalescer.take(batch);
        }
        if (!closed) {
            subscribers.joinAtBatch();
        }
    }

    @Override
    public BatchTaken answer() {
        return policy.answer(subscribers.readiness(), context.clock().getAsLong());
    }

    @Override
    public Duration hold() {
        return Duration.ofMillis(policy.holdMs(context.clock().getAsLong()));
    }

    private void append(LogBatch coalesced) {
        LogBatch batch = state.checked(coalesced, ring.end());
        boolean nothing = batch.marks().isEmpty() && batch.lines().isEmpty();
        if (nothing
                && (batch.cursor() == null || batch.cursor().equals(ring.end().cursor()))) {
            return;
        }
        ring.append(EncodedBatch.of(batch, controller));
        if (nameKnown) {
            named(batch.container(), false);
        }
        subscribers.pump();
        subscribers.joinAtNews();
    }

    private void named(String canonical, boolean first) {
        if (!canonical.equals(name)) {
            String before = name;
            name = canonical;
            listener.renamed(this, before, first);
        }
    }

    // The subscribers

    @Override
    public boolean joinable() {
        return ring != null && tail.isOpen();
    }

    @Override
    public Join newJoin(BacklogSize size) {
        return new Join(
                new StorePages(name, this::page), ring, context.backlogs().limits(size));
    }

    @Override
    public Ring ring() {
        return ring;
    }

    @Override
    public TailMark.State stateAt(RingPosition position) {
        return state.at(position, ring);
    }

    @Override
    public void readinessChanged() {
        if (subscribers.readiness() == Readers.READY) {
            tail.ready();
        }
    }

    @Override
    public void drained(Subscriber subscriber) {
        if (ring != null) {
            subscriber.pump(ring);
            subscribers.joinWaiting();
            readinessChanged();
        }
    }

    @Override
    public void left(Subscriber subscriber) {
        subscribers.remove(subscriber);
        if (subscribers.isEmpty() && !closed && !linger.isRunning()) {
            linger.start(context.limits().linger(), this::close);
        }
    }

    private Future<LogPage> page(ReadLogs request) {
        return context.reads().now(controller, request);
    }
}
