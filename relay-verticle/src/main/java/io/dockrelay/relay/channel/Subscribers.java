package io.dockrelay.relay.channel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import io.vertx.core.Future;

import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.bus.reads.FairSlots;
import io.dockrelay.protocol.bus.reads.SharedReads;
import io.dockrelay.protocol.logs.LogSnapshot;
import io.dockrelay.protocol.logs.TailMark;
import io.dockrelay.protocol.timers.Timeout;
import io.dockrelay.protocol.wire.ClientMessage.SubscribeLogs;
import io.dockrelay.relay.channel.BackpressurePolicy.Readers;
import io.dockrelay.relay.channel.catchup.BacklogSize;
import io.dockrelay.relay.channel.catchup.Join;
import io.dockrelay.relay.channel.ring.Ring;
import io.dockrelay.relay.channel.ring.RingPosition;

/**
 * The subscribers of one channel: those that wait, those that read a backlog, those that are live. Owned by the channel, on
 * its context; ends with {@link #takeAll}.
 */
final class Subscribers {

    private static final Duration JOIN_AGAIN = Duration.ofSeconds(1);

    /** For subscribers that only wait for the tail: each attempt reads the store. */
    private static final Duration JOIN_WHEN_BEHIND = Duration.ofMillis(100);

    private static final int MAX_FAILED_JOINS = 5;

    /** What subscribers join. */
    interface Channel {

        /** The present id of its controller. */
        String controller();

        /** False while joining is impossible: the position is not known, or the controller is away. */
        boolean joinable();

        /** While it is possible. */
        Join newJoin(BacklogSize size);

        /** The container's current name. */
        String name();

        /** Null until the channel has a position. */
        Ring ring();

        /** The container's state for a subscriber that starts at this position; null when it is unknown. */
        TailMark.State stateAt(RingPosition position);

        /** A subscriber may take more, or has left. */
        void readinessChanged();
    }

    private final ChannelContext context;
    private final Channel channel;
    private final List<Subscriber> subscribers = new ArrayList<>();
    private final SharedReads<Wanted, Join.Outcome> joins = new SharedReads<>();
    private final Timeout joinAgain;

    /** What a join depends on. Those that want the same share one, and have the same position after it. */
    private record Wanted(int lines, String after, boolean waiting, BacklogSize size) {

        static Wanted of(Subscriber subscriber) {
            SubscribeLogs request = subscriber.request();
            return new Wanted(request.lines(), request.after(), request.waiting(), subscriber.size());
        }
    }

    Subscribers(ChannelContext context, Channel channel) {
        this.context = context;
        this.channel = channel;
        this.joinAgain = new Timeout(context.vertx());
    }

    boolean isEmpty() {
        return subscribers.isEmpty();
    }

    int count() {
        return subscribers.size();
    }

    /** Whether one of them waits for a container that does not exist yet. */
    boolean waitForContainer() {
        return subscribers.stream().anyMatch(subscriber -> subscriber.request().waiting());
    }

    void add(Subscriber subscriber) {
        subscribers.add(subscriber);
    }

    void remove(Subscriber subscriber) {
        subscribers.remove(subscriber);
        channel.readinessChanged();
    }

    /** The controller has another id. */
    void controllerChanged() {
        subscribers.forEach(Subscriber::controllerChanged);
    }

    /** Takes all of them out. */
    List<Subscriber> takeAll() {
        List<Subscriber> all = List.copyOf(subscribers);
        subscribers.clear();
        joinAgain.cancel();
        return all;
    }

    /** Refuses the subscribers that match, and takes them out. */
    void fail(Predicate<Subscriber> which, Refusal refusal) {
        for (Subscriber subscriber : List.copyOf(subscribers)) {
            if (which.test(subscriber)) {
                subscribers.remove(subscriber);
                subscriber.fail(refusal);
            }
        }
    }

    /** Starts the subscribers that wait and whose sinks have room for a snapshot. */
    void joinWaiting() {
        join(Subscriber::mayJoin);
    }

    /** The same at each batch, without the subscribers that wait for the tail: each attempt reads the store. */
    void joinAtBatch() {
        join(subscriber -> subscriber.mayJoin() && !subscriber.awaitsTail());
    }

    /** The ring has something new, so that there may be a container again. */
    void joinAtNews() {
        join(subscriber -> subscriber.mayJoin() && subscriber.awaitsNews());
    }

    /** There is no log for now. */
    void await(String why) {
        List.copyOf(subscribers).forEach(subscriber -> subscriber.awaits(why));
    }

    /** The ring has something new. */
    void pump() {
        for (Subscriber subscriber : List.copyOf(subscribers)) {
            subscriber.pump(channel.ring());
        }
    }

    /** While the channel has no position, joining subscribers wait for the tail, so the tail must not wait for them. */
    Readers readiness() {
        Ring ring = channel.ring();
        if (ring != null && ring.end().cursor() == null) {
            return Readers.READY;
        }
        boolean joining = false;
        for (Subscriber subscriber : subscribers) {
            if (subscriber.ready() || subscriber.awaitsTail()) {
                return Readers.READY;
            }
            joining |= subscriber.joining();
        }
        return subscribers.isEmpty() ? Readers.READY : joining ? Readers.JOINING : Readers.STALLED;
    }

    private void join(Predicate<Subscriber> which) {
        for (Subscriber subscriber : List.copyOf(subscribers)) {
            if (which.test(subscriber) && channel.joinable()) {
                subscriber.beginJoin();
                Wanted wanted = Wanted.of(subscriber);
                joins.read(wanted, false, () -> join(wanted, subscriber))
                        .onComplete(outcome -> ended(subscriber, outcome), failure -> failed(subscriber, failure));
            }
        }
    }

    private Future<Join.Outcome> join(Wanted wanted, Subscriber first) {
        var place = new FairSlots.Place(channel.name(), first.reader());
        return context.reads().inTurn(channel.controller(), place, () -> {
            boolean still = subscribers.stream()
                    .anyMatch(each -> each.readsBacklog() && Wanted.of(each).equals(wanted));
            return still && channel.joinable()
                    ? channel.newJoin(wanted.size()).join(first.request())
                    : Future.failedFuture(new Refusal(RefusalKind.CONTROLLER_UNAVAILABLE, "the controller is away"));
        });
    }

    private void ended(Subscriber subscriber, Join.Outcome outcome) {
        if (subscriber.isClosed()) {
            return;
        }
        switch (outcome) {
            // Those that share a join may be too many for all of its bytes.
            case Join.Joined joined
            when subscriber.size() == BacklogSize.WHOLE && !context.backlogs().admits(joined.bytes()) -> {
                subscriber.joinSmaller();
                joinLater(JOIN_WHEN_BEHIND);
            }
            case Join.Joined joined -> {
                subscriber.joined(joined, channel.stateAt(joined.position()));
                subscriber.pump(channel.ring());
            }
            case Join.ChannelBehind() -> {
                subscriber.awaitTail();
                joinLater(JOIN_WHEN_BEHIND);
            }
            // The news of the container may have come before the answer that there is none.
            case Join.ContainerMissing(LogSnapshot empty, RingPosition at)
            when channel.ring().end().next() > at.next() -> {
                subscriber.awaitTail();
                joinLater(JOIN_WHEN_BEHIND);
            }
            case Join.ContainerMissing(LogSnapshot empty, RingPosition at) ->
                subscriber.awaitNews(empty, channel.stateAt(at));
        }
        channel.readinessChanged();
    }

    private void failed(Subscriber subscriber, Throwable failure) {
        if (subscriber.isClosed()) {
            return;
        }
        // No outage of any length ends a subscription.
        int failures = subscriber.joinFailed(next(subscriber.size(), failure), !TailClient.outage(failure));
        boolean again = TailClient.passing(failure) && failures < MAX_FAILED_JOINS;
        if (!again && failure instanceof Refusal refusal) {
            subscriber.fail(refusal);
            subscriber.leave();
        } else {
            if (TailClient.engineIsSilent(failure)) {
                subscriber.awaits(failure.getMessage());
            }
            joinLater(JOIN_AGAIN);
        }
        channel.readinessChanged();
    }

    /** The size after a failure. A read that was refused before it began says nothing about the time that it takes. */
    private static BacklogSize next(BacklogSize size, Throwable failure) {
        if (Refusal.is(RefusalKind.BUSY, failure)) {
            return size;
        }
        return Refusal.is(RefusalKind.TIMED_OUT, failure) ? size.smaller() : BacklogSize.WHOLE;
    }

    private void joinLater(Duration delay) {
        if (!joinAgain.isRunning()) {
            joinAgain.start(delay, this::joinWaiting);
        }
    }
}
