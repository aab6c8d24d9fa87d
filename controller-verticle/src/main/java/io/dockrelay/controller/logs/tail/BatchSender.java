package io.dockrelay.controller.logs.tail;

import java.time.Duration;

import io.vertx.core.Vertx;

import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.tail.TailSender;
import io.dockrelay.protocol.logs.LogBatch;

/**
 * Sends what a tail has gathered to its receiver: first the snapshot, then the outgoing batches. Batches that would follow
 * each other closely are merged: the next one waits for the end of the turn. Belongs to a {@link LogTailer}, on its
 * context; ends with it.
 */
final class BatchSender implements TailSender.Tail {

    /** What the tailer learns of the receiver. */
    interface Events {

        /** The receiver takes more. */
        void ready();

        /** The receiver wants the present. */
        void jump();

        /** The receiver has answered WAIT for so long that the log may have rotated under the stream. */
        void stalled();

        /** There is no receiver any more. */
        void gone(String why);
    }

    /** Batches closer together than this are merged. */
    private static final Duration OFTEN = Duration.ofMillis(2);

    private static final Duration STALLED_AFTER = Duration.ofSeconds(30);

    private final Vertx vertx;
    private final OutgoingBatches outgoing;
    private final Events events;
    private final TailSender sender;

    /** The first batch; null before {@link #begin}. */
    private TailSnapshot snapshot;

    /** True while a batch waits for the end of the turn. */
    private boolean gathering;

    /** When the last batch was sent, by the nanosecond clock. */
    private long sentAt = System.nanoTime() - OFTEN.toNanos();

    /** When the receiver began to wait, by the nanosecond clock; 0 while it takes. */
    private long waitingSince;

    BatchSender(Vertx vertx, Bus bus, String subscription, OutgoingBatches outgoing, Events events) {
        this.vertx = vertx;
        this.outgoing = outgoing;
        this.events = events;
        this.sender = new TailSender(vertx, bus, subscription, this);
    }

    /** Sends the first batch. */
    void begin(TailSnapshot first) {
        snapshot = first;
        outgoing.delivered(first.cursor());
        sender.send();
    }

    /**
     * Sends what there is, unless the receiver is busy: at once, or, shortly after the batch before, at the end of this
     * turn with all that the turn still brings.
     */
    void poke() {
        if (gathering || snapshot == null || !sender.isIdle()) {
            return;
        }
        if (System.nanoTime() - sentAt < OFTEN.toNanos()) {
            gathering = true;
            vertx.runOnContext(endOfTurn -> {
                gathering = false;
                sender.send();
            });
        } else {
            sender.send();
        }
    }

    void close() {
        sender.close();
    }

    @Override
    public String container() {
        return outgoing.name();
    }

    @Override
    public String delivered() {
        return outgoing.delivered();
    }

    @Override
    public LogBatch next(long sequence) {
        LogBatch batch = sequence == 0 ? snapshot.batch(sequence, outgoing.name()) : outgoing.next(sequence);
        if (batch != null) {
            sentAt = System.nanoTime();
        }
        return batch;
    }

    @Override
    public void ready() {
        waitingSince = 0;
        poke();
        events.ready();
    }

    @Override
    public void waiting() {
        long now = System.nanoTime();
        waitingSince = waitingSince == 0 ? now : waitingSince;
        if (now - waitingSince >= STALLED_AFTER.toNanos()) {
            events.stalled();
        }
    }

    @Override
    public void jump() {
        waitingSince = 0;
        events.jump();
    }

    @Override
    public void receiverGone(String why) {
        events.gone(why);
    }
}
