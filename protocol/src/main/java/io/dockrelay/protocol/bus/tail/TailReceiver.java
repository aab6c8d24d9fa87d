package io.dockrelay.protocol.bus.tail;

import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.bus.Acknowledged;
import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.Registration;
import io.dockrelay.protocol.logs.BatchTaken;
import io.dockrelay.protocol.logs.CloseTail;
import io.dockrelay.protocol.logs.LogBatch;
import io.dockrelay.protocol.logs.OpenTail;
import io.dockrelay.protocol.logs.TailFrom;
import io.dockrelay.protocol.logs.TailOpened;
import io.dockrelay.protocol.timers.Timeout;

/**
 * Reads the log of one container over the event bus; the package describes the contract. It opens one tail, checks that
 * no batch is missing, and holds the answer while the reader cannot take more:
 *
 * <pre>{@code
 * var tail = new TailReceiver(vertx, Bus.of(vertx), "local", batch -> batch.lines().lines().forEach(this::print));
 * tail.open("web", new TailFrom.Lines(10)).onFailure(this::refused);
 * }</pre>
 *
 * <p>One tail per receiver. It follows its container through stops, restarts and re-creations, but it ends with its
 * controller: a reader that outlives one watches {@link Addresses#CONTROLLERS} and opens another receiver after the last
 * cursor that it has.
 *
 * <p>Owned by the reader, used on one Vert.x context, the one that calls {@link #open}; ends with {@link #close}.
 */
public final class TailReceiver {

    private static final Logger log = LoggerFactory.getLogger(TailReceiver.class);

    /** The longest time to hold an answer: a sender expects it within 5 s. */
    public static final Duration MAX_HOLD = Duration.ofSeconds(4);

    /** What uses the lines. Everything is called on the receiver's context. */
    public interface Reader {

        /** Takes the next batch; the first one is the snapshot. */
        void batch(LogBatch batch);

        /**
         * The answer to the batch that was just taken, or that is held. Asked after each batch, after {@link #ready} and
         * at the end of a hold.
         *
         * @return null to hold the answer
         */
        default BatchTaken answer() {
            return BatchTaken.CONTINUE;
        }

        /** How long to hold the answer now, at most {@link #MAX_HOLD}. */
        default Duration hold() {
            return MAX_HOLD;
        }

        /** A batch is missing or {@link #batch} failed. The receiver is closed. */
        default void broken() {}
    }

    private final Bus bus;
    private final String controller;
    private final Reader reader;
    private final String subscription = UUID.randomUUID().toString();
    private final Timeout holding;

    /** Listens for the batches; null until opened. */
    private Registration batches;

    /** The number of the next batch. */
    private long expected;

    /** The answer to the last batch; null unless it is held. */
    private Promise<BatchTaken> held;

    private boolean closed;

    /** The request to open, and the one to close if it was closed meanwhile; complete before. */
    private Future<?> opening = Future.succeededFuture();

    private final Promise<Void> ended = Promise.promise();

    /** @param controller id of the controller that has the container */
    public TailReceiver(Vertx vertx, Bus bus, String controller, Reader reader) {
        this.bus = bus;
        this.controller = controller;
        this.reader = reader;
        this.holding = new Timeout(vertx);
    }

    /** The id of the tail, unique on the bus. */
    public String subscription() {
        return subscription;
    }

    /**
     * Opens the tail of a container that exists.
     *
     * @param container its name, full name or id
     * @return fails with a Refusal; the receiver is closed then
     */
    public Future<TailOpened> open(String container, TailFrom from) {
        return open(() -> new OpenTail(subscription, container, from, false));
    }

    /**
     * Opens the tail. Call it once.
     *
     * @param request made when the receiver is ready to listen, with {@link #subscription}
     * @return fails with a Refusal; the receiver is closed then
     */
    public Future<TailOpened> open(Supplier<OpenTail> request) {
        batches = bus.answer(Addresses.lines(subscription), this::take);
        Future<TailOpened> opened =
                batches.ready().compose(listening -> bus.ask(Addresses.openTail(controller), request.get()));
        opening = opened.compose(open -> closed ? closeTail() : Future.succeededFuture());
        return opened.onFailure(refused -> close());
    }

    /** The reader may take more: answers a held batch if the reader has an answer now. */
    public void ready() {
        BatchTaken answer = held == null ? null : reader.answer();
        if (answer != null) {
            give(answer);
        }
    }

    /** Ends the tail. Calling it again does nothing. */
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        give(BatchTaken.CLOSE);
        if (batches == null) {
            ended.complete();
            return;
        }
        batches.close().onFailure(failure -> log.debug("the address of a tail was not released", failure));
        Future<?> closing = closeTail();
        Future.join(opening, closing).onComplete(settled -> ended.complete());
    }

    /**
     * Completes after {@link #close}: when the tail costs its controller nothing more, or the controller does not answer. A
     * tail that is closed while it is being opened costs the engine the requests of its opening.
     */
    public Future<Void> ended() {
        return ended.future();
    }

    private Future<BatchTaken> take(LogBatch batch) {
        if (closed) {
            return Future.succeededFuture(BatchTaken.CLOSE);
        }
        if (batch.sequence() != expected) {
            log.warn("batch {} of {} is missing; its tail is closed", expected, batch.container());
            return fail();
        }
        expected++;
        try {
            reader.batch(batch);
        } catch (RuntimeException bug) {
            log.error("a batch of {} could not be taken; its tail is closed", batch.container(), bug);
            return fail();
        }
        return closed ? Future.succeededFuture(BatchTaken.CLOSE) : answer();
    }

    private Future<BatchTaken> fail() {
        close();
        reader.broken();
        return Future.succeededFuture(BatchTaken.CLOSE);
    }

    private Future<BatchTaken> answer() {
        // A sender that asks again has given up the question before.
        give(BatchTaken.WAIT);
        BatchTaken now = reader.answer();
        if (now != null) {
            return Future.succeededFuture(now);
        }
        held = Promise.promise();
        holding.start(reader.hold(), this::heldLongEnough);
        return held.future();
    }

    private void heldLongEnough() {
        BatchTaken answer = reader.answer();
        give(answer == null ? BatchTaken.WAIT : answer);
    }

    private void give(BatchTaken answer) {
        if (held != null) {
            holding.cancel();
            Promise<BatchTaken> answered = held;
            held = null;
            answered.complete(answer);
        }
    }

    private Future<Acknowledged> closeTail() {
        // A controller that cannot be reached notices by itself: nothing listens for the batches any more.
        return bus.ask(Addresses.closeTail(controller), new CloseTail(subscription))
                .onFailure(failure -> log.debug("the tail {} was not closed: {}", subscription, failure.getMessage()));
    }
}
