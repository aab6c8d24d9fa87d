package io.dockrelay.relay.uplink;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.vertx.core.Vertx;

import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.logs.BatchTaken;
import io.dockrelay.protocol.logs.LogBatch;

/**
 * Hands what the tails have gathered to their readers: one batch of each tail is on the bus at a time. A reader that
 * does not answer is gone. Owned by {@link RemoteTails}, on the uplink's context.
 */
final class TailDelivery {

    /** What becomes of a tail. */
    interface Events {

        /** Its reader has got something. */
        void handed(RemoteTail tail);

        /** Its reader wants the present. */
        void jump(RemoteTail tail);

        /** Its reader is gone, or wants no more. */
        void gone(RemoteTail tail);
    }

    private static final long ASK_AGAIN_MS = 500;

    /** So many answers may fail to come one after the other, when the reader is on another node of a cluster. */
    private static final int MOST_LATE = 3;

    private final Vertx vertx;
    private final Bus bus;
    private final Events events;

    /** Those with a batch on the bus, and those whose readers wait. */
    private final Set<RemoteTail> busy = new HashSet<>();

    /** How many answers in a row did not come. */
    private final Map<RemoteTail, Integer> late = new HashMap<>();

    private final Set<Long> timers = new HashSet<>();

    TailDelivery(Vertx vertx, Bus bus, Events events) {
        this.vertx = vertx;
        this.bus = bus;
        this.events = events;
    }

    /** Something may have come for this tail's reader. */
    void poke(RemoteTail tail) {
        if (busy.contains(tail)) {
            return;
        }
        LogBatch batch = tail.next();
        if (batch != null) {
            hand(tail, batch);
            events.handed(tail);
        }
    }

    void forget(RemoteTail tail) {
        busy.remove(tail);
        late.remove(tail);
    }

    void close() {
        timers.forEach(vertx::cancelTimer);
        timers.clear();
    }

    private void hand(RemoteTail tail, LogBatch batch) {
        busy.add(tail);
        bus.ask(Addresses.lines(tail.subscription()), batch)
                .onComplete(taken -> taken(tail, taken), failure -> refused(tail, failure));
    }

    /** What was lost on its way the reader notices by the next batch's number. */
    private void refused(RemoteTail tail, Throwable failure) {
        boolean lost = Refusal.is(RefusalKind.TIMED_OUT, failure);
        if (lost && busy.contains(tail) && late.merge(tail, 1, Integer::sum) <= MOST_LATE) {
            hand(tail, tail.empty());
        } else {
            events.gone(tail);
        }
    }

    private void taken(RemoteTail tail, BatchTaken taken) {
        if (!busy.contains(tail)) {
            return; // The tail was closed meanwhile.
        }
        late.remove(tail);
        switch (taken.verdict()) {
            case CONTINUE -> goOn(tail);
            case WAIT -> askLater(tail);
            case JUMP -> {
                events.jump(tail);
                goOn(tail);
            }
            case CLOSE -> events.gone(tail);
        }
    }

    private void goOn(RemoteTail tail) {
        busy.remove(tail);
        poke(tail);
    }

    private void askLater(RemoteTail tail) {
        long timer = vertx.setTimer(ASK_AGAIN_MS, id -> {
            timers.remove(id);
            if (busy.contains(tail)) {
                hand(tail, tail.empty());
            }
        });
        timers.add(timer);
    }
}
