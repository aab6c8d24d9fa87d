package io.dockrelay.relay.channel;

import java.util.function.Supplier;

import io.vertx.core.Future;
import io.vertx.core.Promise;

import io.dockrelay.protocol.logs.BatchTaken;
import io.dockrelay.relay.channel.BackpressurePolicy.Readers;

/**
 * The answer to a channel's last batch, held back while nobody can take more. Owned by its {@link LogChannel}, on the
 * channel's context.
 */
final class DelayedReply {

    private final ChannelContext scope;
    private final Supplier<Readers> readers;
    private final BackpressurePolicy pace = new BackpressurePolicy();

    /** Null unless an answer is held; the timer runs as long. */
    private Promise<BatchTaken> held;

    private long timer;

    DelayedReply(ChannelContext scope, Supplier<Readers> readers) {
        this.scope = scope;
        this.readers = readers;
    }

    /** The answer to the batch that has just been stored. */
    Future<BatchTaken> toBatch() {
        give(BatchTaken.CLOSE);
        BatchTaken now = pace.answer(readers.get(), scope.clock().getAsLong());
        if (now != null) {
            return Future.succeededFuture(now);
        }
        held = Promise.promise();
        timer = scope.vertx().setTimer(pace.holdMs(scope.clock().getAsLong()), id -> heldLongEnough());
        return held.future();
    }

    /** Some reader may take again. */
    void look() {
        if (held != null && readers.get() == Readers.READY) {
            give(pace.answer(Readers.READY, scope.clock().getAsLong()));
        }
    }

    /** The tail is over. */
    void close() {
        give(BatchTaken.CLOSE);
    }

    private void heldLongEnough() {
        give(pace.heldLongEnough(readers.get(), scope.clock().getAsLong()));
    }

    private void give(BatchTaken answer) {
        if (held != null) {
            scope.vertx().cancelTimer(timer);
            Promise<BatchTaken> ended = held;
            held = null;
            ended.complete(answer);
        }
    }
}
