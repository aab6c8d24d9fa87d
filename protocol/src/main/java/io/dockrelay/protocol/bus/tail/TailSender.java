package io.dockrelay.protocol.bus.tail;

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
import io.dockrelay.protocol.timers.Timeout;

/**
 * Sends the batches of one tail to its receiver, one at a time; the package describes the contract. It pulls: a batch is
 * made when the receiver can take it. Owned by the tail, used on the tail's context; ends with {@link #close}, or when
 * the receiver is gone.
 */
public final class TailSender {

    /** Makes the batches, and handles the receiver's answers. */
    public interface Tail {

        /** The container's current name. */
        String container();

        /** Encoded position after the batches that were made; null when nothing was ever read. */
        String delivered();

        /**
         * Makes the next batch.
         *
         * @param sequence the number of the batch; 0 is the snapshot
         * @return null when there is nothing to send
         */
        LogBatch next(long sequence);

        /** The receiver takes more: {@link #send} if there is something. */
        void ready();

        /** The receiver cannot take more for now. It is asked again without further action. */
        default void waiting() {}

        /** The receiver wants the present: skip to it, then {@link #send}. */
        void jump();

        /** There is no receiver any more; this sender is closed. */
        void receiverGone(String why);
    }

    private enum State {
        /** The next batch may be sent. */
        IDLE,
        /** The answer to a batch is missing. */
        SENDING,
        /** The receiver answered WAIT; the timer runs. */
        WAITING,
        CLOSED
    }

    private static final Duration ASK_AGAIN = Duration.ofMillis(500);

    /** Consecutive unanswered batches before the receiver counts as gone. */
    private static final int MAX_LATE = 3;

    private final Bus bus;
    private final String subscription;
    private final Tail tail;
    private final Timeout askAgain;

    private State state = State.IDLE;

    /** The number of the next batch. */
    private long sequence;

    /** Answers in a row that did not arrive. */
    private int late;

    /** @param subscription the receiver listens at {@code lines(subscription)} */
    public TailSender(Vertx vertx, Bus bus, String subscription, Tail tail) {
        this.bus = bus;
        this.subscription = subscription;
        this.tail = tail;
        this.askAgain = new Timeout(vertx);
    }

    /** Whether {@link #send} would send a batch if there is one. */
    public boolean isIdle() {
        return state == State.IDLE;
    }

    /** Sends the next batch unless the receiver is busy; does nothing when the tail has none. */
    public void send() {
        if (state != State.IDLE) {
            return;
        }
        LogBatch batch = tail.next(sequence);
        if (batch != null) {
            ask(batch);
        }
    }

    /** Sends nothing more; answers that still arrive are ignored. The receiver is not informed. */
    public void close() {
        state = State.CLOSED;
        askAgain.cancel();
    }

    private void ask(LogBatch batch) {
        state = State.SENDING;
        sequence++;
        bus.ask(Addresses.lines(subscription), batch).onComplete(this::answered, this::unanswered);
    }

    private void askAgain() {
        ask(LogBatch.of(sequence, tail.container(), List.of(), LogSlice.emptyAt(tail.delivered())));
    }

    private void answered(BatchTaken answer) {
        if (state == State.CLOSED) {
            return;
        }
        late = 0;
        switch (answer.verdict()) {
            case CONTINUE -> {
                state = State.IDLE;
                tail.ready();
            }
            case WAIT -> {
                state = State.WAITING;
                askAgain.start(ASK_AGAIN, this::askAgain);
                tail.waiting();
            }
            case JUMP -> {
                state = State.IDLE;
                tail.jump();
            }
            case CLOSE -> gone("its receiver closed it");
        }
    }

    /** If the batch itself was lost, the receiver notices by the number of the next one. */
    private void unanswered(Throwable failure) {
        if (state == State.CLOSED) {
            return;
        }
        boolean lost = Refusal.is(RefusalKind.TIMED_OUT, failure);
        if (lost && ++late <= MAX_LATE) {
            askAgain();
        } else {
            gone(failure.getMessage());
        }
    }

    private void gone(String why) {
        close();
        tail.receiverGone(why);
    }
}
