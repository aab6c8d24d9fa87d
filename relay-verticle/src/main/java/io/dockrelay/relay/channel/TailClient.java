package io.dockrelay.relay.channel;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

import io.vertx.core.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.backoff.Backoff;
import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.bus.Registration;
import io.dockrelay.protocol.logs.BatchTaken;
import io.dockrelay.protocol.logs.CloseTail;
import io.dockrelay.protocol.logs.LogBatch;
import io.dockrelay.protocol.logs.OpenTail;
import io.dockrelay.protocol.logs.TailOpened;

/**
 * The one tail of a channel: opened, lost with its controller, opened again by the backoff table or as soon as the
 * controller is back, closed. Owned by its {@link LogChannel}, on the channel's context.
 */
final class TailClient {

    private static final Logger log = LoggerFactory.getLogger(TailClient.class);

    /** Refusals that say nothing about the container: the tail stays wanted, and is asked for again. */
    private static final Set<RefusalKind> PASSING = EnumSet.of(
            RefusalKind.CONTROLLER_UNAVAILABLE,
            RefusalKind.ENGINE_UNAVAILABLE,
            RefusalKind.TIMED_OUT,
            RefusalKind.INTERNAL);

    private static final long NO_TIMER = -1;

    /** What the channel is told. */
    interface Listener {

        /** The tail to ask for now. */
        OpenTail wanted(String subscription);

        void opened(String name);

        /** It cannot be had, for a reason that does not pass by itself. True when it shall be asked for again. */
        boolean refused(Refusal refusal);

        Future<BatchTaken> batch(LogBatch batch);
    }

    private final ChannelContext scope;
    private final String controller;
    private final Listener listener;
    private final Backoff backoff = new Backoff();

    /** Null while no tail is open or being opened. */
    private String subscription;

    /** Listens for the batches of {@link #subscription}; null with it. */
    private Registration batches;

    /** The sequence number of the next batch. */
    private long awaited;

    /** True once the controller has said that {@link #subscription} is open. */
    private boolean open;

    private boolean closed;
    private long retryTimer = NO_TIMER;
    private long openedAt;

    TailClient(ChannelContext scope, String controller, Listener listener) {
        this.scope = scope;
        this.controller = controller;
        this.listener = listener;
    }

    /** Whether it may work the next time. What is not a refusal is a bug, which may pass too. */
    static boolean passing(Throwable failure) {
        return !(failure instanceof Refusal refusal) || PASSING.contains(refusal.kind());
    }

    /** Whether it failed because somebody on the way is away. */
    static boolean outage(Throwable failure) {
        return failure instanceof Refusal refusal
                && refusal.kind() != RefusalKind.INTERNAL
                && PASSING.contains(refusal.kind());
    }

    boolean isOpen() {
        return open;
    }

    void open() {
        if (closed) {
            return;
        }
        String mine = scope.newSubscription();
        subscription = mine;
        awaited = 0;
        batches = scope.bus().answer(Addresses.lines(mine), batch -> taken(mine, batch));
        batches.ready()
                .compose(ready -> scope.bus().ask(Addresses.openTail(controller), listener.wanted(mine)))
                .onComplete(opened -> opened(mine, opened), failure -> refused(mine, failure));
    }

    /** The controller is away, and the tail with it. It stays wanted. */
    void lost() {
        if (closed || subscription == null) {
            return;
        }
        if (open) {
            backoff.connectionLasted(Duration.ofMillis(scope.clock().getAsLong() - openedAt));
        }
        end();
        retryLater();
    }

    /** The controller is there again. */
    void back() {
        if (!closed && subscription == null) {
            cancelRetry();
            open();
        }
    }

    /** Ends the tail for good; the controller is told when it is there to be told. */
    void close() {
        closed = true;
        cancelRetry();
        end();
    }

    private void opened(String mine, TailOpened opened) {
        if (!mine.equals(subscription)) {
            closeTail(mine);
            return;
        }
        open = true;
        openedAt = scope.clock().getAsLong();
        listener.opened(opened.name());
    }

    /** A batch that was lost between two nodes of a cluster, or made no sense here, is read anew by another tail. */
    private Future<BatchTaken> taken(String mine, LogBatch batch) {
        if (!mine.equals(subscription)) {
            return Future.succeededFuture(BatchTaken.CLOSE);
        }
        if (batch.sequence() == awaited) {
            awaited++;
            try {
                return listener.batch(batch);
            } catch (RuntimeException bug) {
                log.error("a batch of {} could not be taken, so its log is opened anew", batch.container(), bug);
            }
        } else {
            log.warn("batch {} of {} was lost, so its log is opened anew", awaited, batch.container());
        }
        lost();
        return Future.succeededFuture(BatchTaken.CLOSE);
    }

    private void refused(String mine, Throwable failure) {
        if (!mine.equals(subscription)) {
            return;
        }
        end();
        if (passing(failure) || listener.refused((Refusal) failure)) {
            retryLater();
        }
    }

    /** Tries again by the backoff table; {@link #back} may come first. */
    private void retryLater() {
        if (closed) {
            return;
        }
        long delay = Math.max(1, backoff.next(scope.chance().getAsDouble()).toMillis());
        retryTimer = scope.vertx().setTimer(delay, id -> {
            retryTimer = NO_TIMER;
            back();
        });
    }

    private void cancelRetry() {
        if (retryTimer != NO_TIMER) {
            scope.vertx().cancelTimer(retryTimer);
            retryTimer = NO_TIMER;
        }
    }

    private void end() {
        if (subscription == null) {
            return;
        }
        String ended = subscription;
        subscription = null;
        open = false;
        batches.close().onFailure(failure -> log.debug("a tail's address was not given back", failure));
        closeTail(ended);
    }

    private void closeTail(String ended) {
        // A controller that is not reached notices by itself: nobody listens for the batches any more.
        scope.bus()
                .ask(Addresses.closeTail(controller), new CloseTail(ended))
                .onFailure(failure -> log.debug("the tail {} was not closed: {}", ended, failure.getMessage()));
    }
}
