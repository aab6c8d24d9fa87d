package io.dockrelay.relay.uplink;

import java.util.function.IntFunction;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.tail.TailSender;
import io.dockrelay.protocol.logs.LineBlock;
import io.dockrelay.protocol.logs.LogBatch;
import io.dockrelay.protocol.timers.Timeout;

/**
 * Sends what one remote tail has received to its receiver on the bus. Owned by {@link RemoteTails}, on the uplink's
 * context; ends with {@link #close}, or when the receiver is gone.
 */
final class TailDelivery implements TailSender.Tail {

    /** The owner's side. */
    interface Events {

        /** A batch is being sent. */
        void delivered(RemoteTail tail);

        /** Its receiver wants to skip to the present. */
        void jump(RemoteTail tail);

        /** Its receiver is gone, or closed it. */
        void gone(RemoteTail tail);
    }

    private final RemoteTail tail;
    private final NewestLines newest;
    private final Events events;
    private final TailSender sender;

    /** Runs after the controller has refused to continue an open tail. */
    private final Timeout subscribeAgain;

    /** @param store reads newest lines, for a controller of version 1 */
    TailDelivery(Vertx vertx, Bus bus, RemoteTail tail, IntFunction<Future<LineBlock>> store, Events events) {
        this.tail = tail;
        this.newest = new NewestLines(store, tail.mostBytes(), this::added);
        this.events = events;
        this.sender = new TailSender(vertx, bus, tail.subscription(), this);
        this.subscribeAgain = new Timeout(vertx);
    }

    RemoteTail tail() {
        return tail;
    }

    /** The frames of a controller of version 1. */
    NewestLines newest() {
        return newest;
    }

    Timeout subscribeAgain() {
        return subscribeAgain;
    }

    /** Sends the next batch, if there is one and the receiver is not busy. */
    void send() {
        sender.send();
    }

    void close() {
        subscribeAgain.cancel();
        newest.close();
        sender.close();
    }

    private void added(LineBlock lines, boolean gap) {
        tail.added(lines, gap);
        sender.send();
    }

    @Override
    public String container() {
        return tail.name();
    }

    @Override
    public String delivered() {
        return tail.delivered();
    }

    @Override
    public LogBatch next(long sequence) {
        LogBatch batch = tail.next(sequence);
        if (batch != null) {
            events.delivered(tail);
        }
        return batch;
    }

    @Override
    public void ready() {
        sender.send();
    }

    @Override
    public void jump() {
        events.jump(tail);
        sender.send();
    }

    @Override
    public void receiverGone(String why) {
        events.gone(tail);
    }
}
