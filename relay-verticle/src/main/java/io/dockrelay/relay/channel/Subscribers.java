package io.dockrelay.relay.channel;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import io.vertx.core.Future;

import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.logs.TailMark;
import io.dockrelay.relay.channel.BackpressurePolicy.Readers;
import io.dockrelay.relay.channel.catchup.Join;
import io.dockrelay.relay.channel.catchup.RingBehind;
import io.dockrelay.relay.channel.ring.Ring;
import io.dockrelay.relay.channel.ring.RingPosition;

/**
 * The readers of one channel: who waits, who fetches a backlog, who is live. Owned by its {@link LogChannel}, on its
 * context.
 */
final class Subscribers {

    private static final long NO_TIMER = -1;
    private static final long JOIN_AGAIN_MS = 1_000;

    /** For those who only have to wait for the tail: each attempt reads the store. */
    private static final long JOIN_BEHIND_MS = 100;

    private static final int MOST_FAILED_JOINS = 5;

    /** What readers join to. */
    interface Source {

        /** Null while nobody can join: the position is not known, or the controller is away. */
        Join joining();

        Ring ring();

        /** The container's state for one who begins at a place; null when nothing was told. */
        TailMark.State stateAt(RingPosition place);

        /** Some reader may take again, or has gone. */
        void changed();
    }

    private final ChannelContext scope;
    private final String controller;
    private final Source source;
    private final List<Subscriber> readers = new ArrayList<>();
    private long joinTimer = NO_TIMER;

    Subscribers(ChannelContext scope, String controller, Source source) {
        this.scope = scope;
        this.controller = controller;
        this.source = source;
    }

    boolean isEmpty() {
        return readers.isEmpty();
    }

    int count() {
        return readers.size();
    }

    /** Whether one of them waits for a container that is not there yet. */
    boolean waitsForContainer() {
        return readers.stream().anyMatch(reader -> reader.request().waiting());
    }

    void add(Subscriber reader) {
        readers.add(reader);
    }

    void remove(Subscriber reader) {
        readers.remove(reader);
        source.changed();
    }

    /** Takes all of them out. */
    List<Subscriber> takeAll() {
        List<Subscriber> all = List.copyOf(readers);
        readers.clear();
        scope.vertx().cancelTimer(joinTimer);
        return all;
    }

    /** Those who are meant are told, and are out. */
    void fail(Predicate<Subscriber> which, Refusal refusal) {
        for (Subscriber reader : List.copyOf(readers)) {
            if (which.test(reader)) {
                readers.remove(reader);
                reader.fail(refusal);
            }
        }
    }

    /** Starts those who have not begun and whose sinks have room for a snapshot. */
    void joinWaiting() {
        join(Subscriber::mayJoin);
    }

    /** The same at each batch: those who await the tail are not tried each time. */
    void joinAtBatch() {
        join(reader -> reader.mayJoin() && !reader.awaitsTail());
    }

    private void join(Predicate<Subscriber> which) {
        for (Subscriber reader : List.copyOf(readers)) {
            if (which.test(reader) && source.joining() != null) {
                reader.beginJoin();
                scope.backlogs()
                        .read(controller, () -> join(reader))
                        .onComplete(joined -> joined(reader, joined), failure -> notJoined(reader, failure));
            }
        }
    }

    private Future<Join.Joined> join(Subscriber reader) {
        Join joining = reader.over() ? null : source.joining();
        if (joining == null) {
            return Future.failedFuture(new Refusal(RefusalKind.CONTROLLER_UNAVAILABLE, "the controller is away"));
        }
        return joining.join(reader.request());
    }

    /** Something new stands in the ring. */
    void pump() {
        for (Subscriber reader : List.copyOf(readers)) {
            reader.pump(source.ring());
        }
    }

    /** Where there is no position yet, those who join wait for the tail, and it must not wait for them. */
    Readers stand() {
        if (source.ring() != null && source.ring().end().cursor() == null) {
            return Readers.READY;
        }
        boolean joining = false;
        for (Subscriber reader : readers) {
            if (reader.ready() || reader.awaitsTail()) {
                return Readers.READY;
            }
            joining |= reader.joining();
        }
        return readers.isEmpty() ? Readers.READY : joining ? Readers.JOINING : Readers.STALLED;
    }

    private void joined(Subscriber reader, Join.Joined joined) {
        if (!reader.over()) {
            reader.join(joined, source.stateAt(joined.place()));
            reader.pump(source.ring());
            source.changed();
        }
    }

    private void notJoined(Subscriber reader, Throwable failure) {
        if (reader.over()) {
            return;
        }
        // No outage of any length ends a subscription, nor does a tail that takes its time.
        boolean behind = failure instanceof RingBehind;
        boolean counts = !behind && !TailClient.outage(failure);
        boolean again = TailClient.passing(failure) && reader.joinAgain(counts, behind) < MOST_FAILED_JOINS;
        if (!again && failure instanceof Refusal refusal) {
            reader.fail(refusal);
            reader.leave();
        } else if (joinTimer == NO_TIMER) {
            joinTimer = scope.vertx().setTimer(behind ? JOIN_BEHIND_MS : JOIN_AGAIN_MS, id -> {
                joinTimer = NO_TIMER;
                joinWaiting();
            });
        }
        source.changed();
    }
}
