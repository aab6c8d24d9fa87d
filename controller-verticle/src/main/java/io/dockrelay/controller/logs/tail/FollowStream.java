package io.dockrelay.controller.logs.tail;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

import io.vertx.core.buffer.Buffer;

import io.dockrelay.controller.logs.rotation.RotationGuard;
import io.dockrelay.docker.LogQuery;
import io.dockrelay.docker.LogStream;
import io.dockrelay.protocol.logs.TailMark;
import io.dockrelay.protocol.timers.Timeout;

/**
 * One attachment of a tail to a container's log. Finds the cursor near the end of the store, follows the log from there,
 * pauses the engine while the batches are full, and watches for silence. Belongs to a {@link TailLifecycle}, on its
 * context. It ends once: with {@link #cancel}, or with one {@link StreamEnd}.
 */
final class FollowStream {

    /** The stored part of a stream arrives without a pause; after this silence it is over. */
    private static final Duration SEARCH_PAUSE = Duration.ofSeconds(2);

    /** The longest that a mark waits for the first line after it. */
    private static final Duration MARK_WAITS = Duration.ofMillis(250);

    private final TailContext tail;
    private final StreamStart start;
    private final Consumer<StreamEnd> onEnd;
    private final WindowSearch windows;
    private final IdleTimeout quiet;
    private final IdleTimeout standstill;
    private final Timeout markTimeout;
    private final long openedAt = System.nanoTime();

    /** Null until the engine has answered, and between two windows. */
    private LogStream stream;

    /** Of the current window; null before the first. */
    private LinePipeline pipeline;

    private boolean paused;

    /** By the nanosecond clock; of no meaning unless paused. */
    private long pausedAt;

    /** The silence at which to look for a standstill next; doubled at each look, until something arrives. */
    private Duration silence = RotationGuard.STANDSTILL;

    /** True from the end on; after it no callback is made. */
    private boolean over;

    /** @param onEnd called at most once, and not after {@link #cancel} */
    FollowStream(TailContext tail, StreamStart start, Consumer<StreamEnd> onEnd) {
        this.tail = tail;
        this.start = start;
        this.onEnd = onEnd;
        this.windows = new WindowSearch(tail.store(), start);
        this.quiet = new IdleTimeout(tail.vertx(), this::patience, () -> paused, this::silent);
        this.standstill = new IdleTimeout(tail.vertx(), this::untilLook, () -> paused, this::maybeStill);
        this.markTimeout = new Timeout(tail.vertx());
    }

    void open() {
        pauseWhenFull();
        if (tail.marker().isWaiting()) {
            awaitMark();
        }
        start.guard().openStream();
        open(windows.first());
    }

    /** Puts a mark before the first line that is not older than {@code at}, or after a quarter second without a line. */
    void expect(TailMark mark, Instant at) {
        tail.marker().expect(mark, at);
        awaitMark();
    }

    /** The reader has taken a batch: lets the engine continue, unless the stream cannot be trusted after the pause. */
    void batchTaken() {
        if (!paused || tail.batches().isFull()) {
            return;
        }
        if (since(pausedAt).compareTo(tail.limits().trustedPause()) > 0) {
            end(new StreamEnd.PausedTooLong());
            return;
        }
        paused = false;
        if (stream != null) {
            stream.resume();
        }
    }

    void cancel() {
        over = true;
        markTimeout.cancel();
        close();
    }

    private void open(WindowSearch.Window window) {
        pipeline = new LinePipeline(start, window, tail.marker());
        Integer entries = start.cursor() == null ? null : window.entries();
        var query = new LogQuery(true, entries, null, null, start.container().terminal());
        tail.engine().logs(start.container().id(), query).onComplete(this::opened, this::broken);
    }

    private void opened(LogStream opened) {
        if (over) {
            opened.cancel();
            return;
        }
        stream = opened;
        stream.exceptionHandler(this::broken);
        stream.endHandler(end -> logEnded());
        stream.handler(this::feed);
        if (!paused) {
            stream.resume();
        }
        quiet.start();
    }

    private void feed(Buffer bytes) {
        if (over || stream == null) {
            return;
        }
        quiet.arrived();
        standstill.arrived();
        try {
            pipeline.feed(bytes);
        } catch (RuntimeException e) {
            broken(e);
            return;
        }
        if (pipeline.hasMissed()) {
            searchFurther();
        } else if (pipeline.isDoubtful()) {
            end(doubted());
        } else {
            watchForStandstill();
            tail.batches().flush();
            pauseWhenFull();
        }
    }

    private void logEnded() {
        if (over || stream == null) {
            return;
        }
        pipeline.end();
        if (pipeline.hasMissed()) {
            searchFurther();
        } else if (pipeline.isDoubtful()) {
            end(doubted());
        } else if (pipeline.isUnreadable()) {
            end(new StreamEnd.Unreadable(since(openedAt)));
        } else {
            tail.marker().flush(); // no line comes any more that the mark could wait for
            end(new StreamEnd.LogEnded(since(openedAt)));
        }
    }

    /** The cursor's entry is not in the window: finds it in the store, and starts there. */
    private void searchFurther() {
        close();
        windows.next(pipeline.isUnreadable(), pipeline.passedTime()).onComplete(this::found, this::broken);
    }

    private void found(WindowSearch.Result result) {
        if (over) {
            return;
        }
        switch (result) {
            case WindowSearch.Window window -> open(window);
            case WindowSearch.Lost lost -> end(new StreamEnd.PositionLost(lost.reason()));
            case WindowSearch.Blocked blocked -> end(new StreamEnd.Unreadable(since(openedAt)));
        }
    }

    private void pauseWhenFull() {
        if (tail.batches().isFull() && !paused) {
            paused = true;
            pausedAt = System.nanoTime();
            if (stream != null) {
                stream.pause();
            }
        }
    }

    private void awaitMark() {
        markTimeout.start(MARK_WAITS, () -> {
            if (stream != null && pipeline.isLive() && !paused) {
                tail.marker().flush();
                tail.batches().flush();
            } else {
                awaitMark();
            }
        });
    }

    private Duration patience() {
        return pipeline.isSearching() ? SEARCH_PAUSE : tail.limits().quiet();
    }

    private void silent() {
        if (pipeline.isSearching()) {
            searchFurther();
        } else {
            end(new StreamEnd.Silent());
        }
    }

    private void watchForStandstill() {
        boolean watched = standstill.isRunning() && silence.equals(RotationGuard.STANDSTILL);
        if (!watched && pipeline.isLive() && start.guard().mayStandStill()) {
            silence = RotationGuard.STANDSTILL;
            standstill.start();
        }
    }

    private Duration untilLook() {
        return silence.equals(RotationGuard.STANDSTILL) ? silence : silence.dividedBy(2);
    }

    private void maybeStill() {
        if (start.guard().suspectsSilence(silence)) {
            end(new StreamEnd.StandsStill());
        } else {
            silence = silence.multipliedBy(2);
            standstill.start();
        }
    }

    private StreamEnd doubted() {
        return new StreamEnd.Doubted(start.guard().storeIsAheadBy());
    }

    private void broken(Throwable cause) {
        end(new StreamEnd.Broken(cause, since(openedAt)));
    }

    private void end(StreamEnd end) {
        if (!over) {
            cancel();
            onEnd.accept(end);
        }
    }

    private void close() {
        quiet.cancel();
        standstill.cancel();
        if (stream != null) {
            stream.cancel();
            stream = null;
        }
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
