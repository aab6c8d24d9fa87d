package io.dockrelay.client;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.bus.tail.TailReceiver;
import io.dockrelay.protocol.logs.BatchTaken;
import io.dockrelay.protocol.logs.LogBatch;
import io.dockrelay.protocol.logs.OpenTail;
import io.dockrelay.protocol.logs.TailOpened;
import io.dockrelay.protocol.timers.RetryTimer;

/**
 * The log of one container, through its stops, restarts and re-creations. The first item is the backlog, even when that is
 * empty. A tail that is lost with its controller, or of which the bus has lost a batch, is opened again after the last line: no
 * line is missing or comes twice. Where lines are missing in the engine's own log, a mark says so.
 *
 * <p>While the reader is paused, one item waits; the controller then pauses at the engine, so that nothing is held in memory.
 * The lines are read from the engine's log when the reader goes on, as long as they are in it.
 *
 * <p>It fails with a {@link Refusal} if the container does not exist, its log cannot be read, or the controller does not
 * allow it.
 */
public final class LogFeed extends Feed<LogLines> {

    /** Refusals that say nothing about the container: the request is repeated. */
    private static final Set<RefusalKind> PASSING = EnumSet.of(
            RefusalKind.CONTROLLER_UNAVAILABLE,
            RefusalKind.ENGINE_UNAVAILABLE,
            RefusalKind.TIMED_OUT,
            RefusalKind.BUSY,
            RefusalKind.INTERNAL);

    private final Vertx vertx;
    private final Bus bus;
    private final String controller;
    private final ControllerTracker tracker;
    private final RetryTimer retry;
    private final Promise<String> opened = Promise.promise();
    private final LogProgress progress;

    /** Null while no tail is open or being opened. */
    private TailReceiver tail;

    /** When the tail was opened, of {@link System#nanoTime}; null until then. */
    private Long openSince;

    LogFeed(Vertx vertx, Bus bus, String controller, LogStart start) {
        super(vertx);
        this.vertx = vertx;
        this.bus = bus;
        this.controller = controller;
        progress = new LogProgress(start);
        retry = new RetryTimer(vertx);
        tracker = new ControllerTracker(vertx, bus, this::heard);
        onContext(() -> {
            tracker.start();
            open();
        });
    }

    /**
     * The beginning.
     *
     * @return completes with the container's name when its log is open for the first time; fails like the feed
     */
    public Future<String> opened() {
        return opened.future();
    }

    /** One tail, from its opening to its loss. */
    private final class Reader implements TailReceiver.Reader {

        @Override
        public void batch(LogBatch batch) {
            progress.take(batch).ifPresent(LogFeed.this::offer);
        }

        @Override
        public BatchTaken answer() {
            return hungry() ? BatchTaken.CONTINUE : null;
        }

        @Override
        public void broken() {
            lost();
        }
    }

    @Override
    void drained() {
        if (tail != null) {
            tail.ready();
        }
    }

    @Override
    Future<Void> release() {
        retry.cancel();
        opened.tryFail(new Refusal(RefusalKind.CONFLICT, "the log was closed before it was open"));
        Future<Void> ended = tail == null ? Future.succeededFuture() : tail.ended();
        closeTail();
        return Future.join(tracker.close(), ended).mapEmpty();
    }

    private void open() {
        if (isEnded() || tail != null) {
            return;
        }
        var opening = new TailReceiver(vertx, bus, controller, new Reader());
        tail = opening;
        opening.open(() -> wanted(opening))
                .onComplete(open -> openedTail(opening, open), failure -> refused(opening, failure));
    }

    private OpenTail wanted(TailReceiver opening) {
        return new OpenTail(opening.subscription(), progress.container(), progress.from(), progress.waits());
    }

    private void openedTail(TailReceiver opening, TailOpened open) {
        if (opening == tail) {
            openSince = System.nanoTime();
            opened.tryComplete(open.name());
        }
    }

    private void refused(TailReceiver opening, Throwable failure) {
        if (opening != tail || isEnded()) {
            return;
        }
        closeTail();
        if (isFinal(failure)) {
            opened.tryFail(failure);
            finish(failure);
        } else {
            retry.later(this::open);
        }
    }

    /** What was refused after the feed had begun may pass, unless it is no longer allowed. */
    private boolean isFinal(Throwable failure) {
        if (!(failure instanceof Refusal refusal) || PASSING.contains(refusal.kind())) {
            return false;
        }
        progress.refused(refusal.kind());
        return !progress.hasBegun() || refusal.kind() == RefusalKind.NOT_ALLOWED;
    }

    private void heard(String id, ControllerNews news) {
        if (!id.equals(controller) || isEnded()) {
            return;
        }
        switch (news) {
            case PRESENT -> retry.now();
            case RESTARTED -> {
                lost();
                retry.now();
            }
            case SILENT, LEFT -> lost();
            case UNLINKED -> {
                // The uplink keeps the tail.
            }
        }
    }

    /** The tail is gone. It stays wanted. */
    private void lost() {
        if (tail == null) {
            return;
        }
        if (openSince != null) {
            retry.connectionLasted(Duration.ofNanos(System.nanoTime() - openSince));
        }
        closeTail();
        retry.later(this::open);
    }

    private void closeTail() {
        if (tail != null) {
            TailReceiver over = tail;
            tail = null;
            openSince = null;
            over.close();
        }
    }
}
