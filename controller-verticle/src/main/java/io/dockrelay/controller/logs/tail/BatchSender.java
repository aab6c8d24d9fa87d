package io.dockrelay.controller.logs.tail;

import java.time.Duration;
import java.util.List;

import io.vertx.core.Vertx;

import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.logs.BatchTaken;
import io.dockrelay.protocol.logs.LogBatch;
import io.dockrelay.protocol.logs.LogSlice;

/**
 * Hands a tail's batches to its reader, one at a time: the next one is asked when the one before was taken. Belongs to
 * a {@link LogTailer}, on its context, and is over when that is.
 */
final class BatchSender {

    /** What the tailer hears. */
    interface Events {

        /** The reader goes on taking. */
        void ready();

        /** The reader wants the present. */
        void jump();

        /** The reader has said "wait" for so long that the log may have rotated under the stream. */
        void stalled();

        /** There is no reader any more. */
        void gone(String why);
    }

    private static final Duration ASK_AGAIN = Duration.ofMillis(500);

    /** Batches that follow each other so closely are worth gathering. */
    private static final Duration OFTEN = Duration.ofMillis(2);

    private static final Duration STALLED_AFTER = Duration.ofSeconds(30);

    /** So many answers may fail to come one after the other. */
    private static final int MOST_LATE = 3;

    private final Vertx vertx;
    private final Bus bus;
    private final String subscription;
    private final OutgoingBatches outbox;
    private final Events events;

    private String name;
    private long sequence;

    /** Behind what the reader has taken, or is about to. */
    private String cursor;

    /** True from asking to the answer, and while the reader waits. */
    private boolean busy;

    /** True while a batch waits for the end of the turn. */
    private boolean gathering;

    /** When the last batch was asked, by the nanosecond clock. */
    private long askedAt = System.nanoTime() - OFTEN.toNanos();

    /** How many answers in a row did not come. */
    private int late;

    private boolean over;
    private long timer = -1;

    /** When the reader began to wait, by the nanosecond clock; 0 while it takes. */
    private long waitingSince;

    BatchSender(Vertx vertx, Bus bus, String subscription, OutgoingBatches outbox, Events events) {
        this.vertx = vertx;
        this.bus = bus;
        this.subscription = subscription;
        this.outbox = outbox;
        this.events = events;
    }

    /** The container's name in the batches from here on. */
    void name(String replaced) {
        name = replaced;
    }

    /** Behind what the reader has taken; null when that is nothing. */
    String cursor() {
        return cursor;
    }

    /** The first batch. */
    void begin(TailSnapshot snapshot) {
        cursor = snapshot.cursor();
        ask(snapshot.batch(sequence++, name));
    }

    /**
     * Sends what there is, unless the reader is at the batch before: at once, or, when the batch before is hardly gone,
     * behind all that this turn still brings.
     */
    void poke() {
        if (busy || over || gathering || sequence == 0) {
            return;
        }
        if (System.nanoTime() - askedAt < OFTEN.toNanos()) {
            gathering = true;
            vertx.runOnContext(endOfTurn -> {
                gathering = false;
                send();
            });
        } else {
            send();
        }
    }

    private void send() {
        if (busy || over) {
            return;
        }
        LogBatch batch = outbox.next(sequence, name);
        if (batch != null) {
            sequence++;
            cursor = batch.cursor();
            ask(batch);
        }
    }

    void close() {
        over = true;
        if (timer >= 0) {
            boolean unused = vertx.cancelTimer(timer);
        }
    }

    private void ask(LogBatch batch) {
        busy = true;
        askedAt = System.nanoTime();
        bus.ask(Addresses.lines(subscription), batch).onComplete(this::taken, this::refused);
    }

    private void taken(BatchTaken taken) {
        if (over) {
            return;
        }
        late = 0;
        switch (taken.verdict()) {
            case CONTINUE -> {
                goOn();
                poke();
                events.ready();
            }
            case WAIT -> waitAWhile();
            case JUMP -> {
                goOn();
                events.jump();
            }
            case CLOSE -> gone("it was closed by its reader");
        }
    }

    /** What is lost between two nodes of a cluster the reader notices by the next batch's number. */
    private void refused(Throwable why) {
        if (over) {
            return;
        }
        boolean lost = Refusal.is(RefusalKind.TIMED_OUT, why);
        if (lost && ++late <= MOST_LATE) {
            askAgain();
        } else {
            gone(why.getMessage());
        }
    }

    private void gone(String why) {
        close();
        events.gone(why);
    }

    private void goOn() {
        busy = false;
        waitingSince = 0;
    }

    private void waitAWhile() {
        long now = System.nanoTime();
        waitingSince = waitingSince == 0 ? now : waitingSince;
        if (now - waitingSince >= STALLED_AFTER.toNanos()) {
            events.stalled();
        }
        timer = vertx.setTimer(ASK_AGAIN.toMillis(), fired -> askAgain());
    }

    private void askAgain() {
        timer = -1;
        if (!over) {
            ask(LogBatch.of(sequence++, name, List.of(), LogSlice.emptyAt(cursor)));
        }
    }
}
