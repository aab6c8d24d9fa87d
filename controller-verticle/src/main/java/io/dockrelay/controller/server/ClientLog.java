package io.dockrelay.controller.server;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

import io.dockrelay.listener.OutboundSocket;
import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.Registration;
import io.dockrelay.protocol.logs.BatchTaken;
import io.dockrelay.protocol.logs.CloseTail;
import io.dockrelay.protocol.logs.LogBatch;
import io.dockrelay.protocol.logs.LogStateKind;
import io.dockrelay.protocol.logs.OpenTail;
import io.dockrelay.protocol.logs.TailMark;

/**
 * One log that one client follows: the reader of one tail. A batch is answered when the socket takes more and the
 * client has granted more, so that a slow client holds its own tails back and nobody else's. Owned by its session, on the server's context; ended by
 * {@link #close}, or by the tail when this reader is gone.
 */
final class ClientLog {

    /** A batch must be answered within 5 s: shortly before, the tail is told to wait. */
    private static final long PATIENCE_MILLIS = 4000;

    private final Vertx vertx;
    private final Bus bus;
    private final String controller;
    private final OutboundSocket out;
    private final BatchFrames frames;
    private final ClientCredit credit = new ClientCredit();
    private final String asked;
    private final String sub;
    private final String id = UUID.randomUUID().toString();

    /** Of the container now, or what was asked for as long as the tail has not told. */
    private String name;

    /** Null until opened. */
    private Registration reading;

    /** Messages that did not fit; while there are any, the tail sends nothing more. */
    private final Deque<byte[]> parked = new ArrayDeque<>();

    /** The answer to the batch that was taken last; null when it was given. */
    private Promise<BatchTaken> owed;

    private long timer = -1;
    private boolean closed;

    /**
     * @param name the container's as far as it is known
     * @param asked what the client calls it
     */
    ClientLog(Vertx vertx, Bus bus, String controller, OutboundSocket out, String name, String asked, String sub) {
        this.vertx = vertx;
        this.bus = bus;
        this.controller = controller;
        this.out = out;
        this.frames = new BatchFrames(sub);
        this.name = name;
        this.asked = asked;
        this.sub = sub;
    }

    /** Of the tail, on the bus. */
    String id() {
        return id;
    }

    /** Null when the client gave none. */
    String sub() {
        return sub;
    }

    String name() {
        return name;
    }

    /** What the client called it: name, full name or id, perhaps of long ago. */
    String asked() {
        return asked;
    }

    boolean isClosed() {
        return closed;
    }

    /** Fails with a Refusal; the subscription is over then. */
    Future<Void> open(OpenTail question) {
        reading = bus.answer(Addresses.lines(id), this::take);
        return reading.ready()
                .compose(listening -> bus.ask(Addresses.openTail(controller), question))
                .map(opened -> {
                    if (closed) {
                        release();
                    } else {
                        name = opened.name();
                    }
                    return (Void) null;
                })
                .onFailure(refused -> close());
    }

    /** The socket takes more. */
    void drained() {
        if (flush()) {
            answer(BatchTaken.CONTINUE);
        }
    }

    /** The client takes so many bytes more of this log. */
    void granted(int bytes) {
        credit.grant(bytes);
        drained();
    }

    /** Nothing of it reaches the client any more. */
    void close() {
        if (closed) {
            return;
        }
        closed = true;
        parked.clear();
        answer(BatchTaken.CLOSE);
        release();
    }

    private void release() {
        if (reading != null) {
            reading.close().onFailure(gone -> {});
        }
        // A tail that is not told notices by itself: nobody answers its batches.
        bus.ask(Addresses.closeTail(controller), new CloseTail(id)).onFailure(gone -> {});
    }

    private Future<BatchTaken> take(LogBatch batch) {
        if (closed) {
            return Future.succeededFuture(BatchTaken.CLOSE);
        }
        follow(batch);
        parked.addAll(frames.of(batch));
        if (flush()) {
            return Future.succeededFuture(BatchTaken.CONTINUE);
        }
        answer(BatchTaken.WAIT); // the tail asks again only when it was answered: nothing can be owed here
        owed = Promise.promise();
        timer = vertx.setTimer(PATIENCE_MILLIS, late -> answer(BatchTaken.WAIT));
        return owed.future();
    }

    private void follow(LogBatch batch) {
        name = batch.container();
        for (TailMark mark : batch.marks()) {
            if (mark instanceof TailMark.State state && state.state() == LogStateKind.RENAMED) {
                name = state.name();
            }
        }
    }

    /** Whether everything is out, and the socket takes more. */
    private boolean flush() {
        while (!parked.isEmpty() && credit.admits(parked.peek().length) && out.offer(parked.peek())) {
            credit.used(parked.remove().length);
        }
        return parked.isEmpty() && out.ready() && credit.any();
    }

    private void answer(BatchTaken verdict) {
        if (owed != null) {
            vertx.cancelTimer(timer);
            Promise<BatchTaken> waiting = owed;
            owed = null;
            waiting.complete(verdict);
        }
    }
}
