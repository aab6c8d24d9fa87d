package io.dockrelay.controller.logs.tail;

import java.time.Duration;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;

import io.dockrelay.controller.logs.entries.EntryDecoder;
import io.dockrelay.controller.logs.entries.EntryReader;
import io.dockrelay.controller.logs.entries.Line;
import io.dockrelay.controller.logs.entries.LineJoiner;
import io.dockrelay.controller.logs.rotation.RotationCheck;
import io.dockrelay.controller.logs.rotation.RotationGuard;
import io.dockrelay.controller.logs.store.LoggedContainer;
import io.dockrelay.controller.logs.store.PageQuery;
import io.dockrelay.controller.logs.store.StoreReader;
import io.dockrelay.docker.DockerEngine;
import io.dockrelay.docker.LogQuery;
import io.dockrelay.docker.LogStream;
import io.dockrelay.protocol.logs.Cursor;

/**
 * One attachment of a tail to a container's log: finds the cursor near the store's end, and hands on what follows it
 * until the engine ends the log or the connection breaks. Belongs to a {@link TailLifecycle}, on its context; ends with
 * {@link #cancel} or with one of the events that say so, whichever is first.
 */
final class FollowStream {

    /** What the course hears; none of it after {@link #cancel}. */
    interface Events {

        /** A piece of the engine's stream has been worked up. */
        void chunk();

        /** The engine has ended the log: the container stopped, or somebody on the way has cut the stream. */
        void ended();

        /** The connection broke, or the log could not be opened. */
        void broken(Throwable cause);

        /** Nothing came for long: the connection may be dead without anybody having noticed. */
        void quiet();

        /** The cursor's entry is not in the store any more. */
        void lost();

        /** The engine may have begun to repeat itself, or left lines out. */
        void doubted();

        /** Nothing came for a moment: the engine may stand still at the end of a file. */
        void still();
    }

    private static final int FIRST_WINDOW = 64;

    /** Written between a look at the store and the stream that begins there. */
    private static final int MARGIN = 4096;

    /** The store's part of a stream comes without a pause; after this long it is over. */
    private static final Duration SEARCH_PAUSE = Duration.ofSeconds(2);

    private static final int MOST_SEARCHES = 5;

    private final Vertx vertx;
    private final DockerEngine engine;
    private final StoreReader store;
    private final LoggedContainer source;
    private final Cursor cursor;
    private final Line.Sink sink;
    private final RotationGuard guard;
    private final Duration quiet;
    private final Events events;

    /** Null until the engine has answered, and again between two searches. */
    private LogStream stream;

    private EntryDecoder decoder;
    private ResumeFilter search;
    private RotationCheck check;
    private int searches;
    private boolean paused;
    private boolean over;
    private long timer = -1;

    /** Runs while the engine may stand still. */
    private long stillTimer = -1;

    /** Counts what has come in; the timer looks whether it moved. */
    private long chunks;

    /**
     * @param guard of this container's log, for all its streams
     * @param quiet how long nothing may come
     */
    FollowStream(
            Vertx vertx,
            DockerEngine engine,
            LoggedContainer source,
            Cursor cursor,
            Line.Sink sink,
            RotationGuard guard,
            Duration quiet,
            Events events) {
        this.vertx = vertx;
        this.engine = engine;
        this.store = new StoreReader(vertx, engine);
        this.source = source;
        this.cursor = cursor;
        this.sink = sink;
        this.guard = guard;
        this.quiet = quiet;
        this.events = events;
    }

    /**
     * @param window so many of the store's newest entries are thought to reach back to the cursor; 0 if nobody knows
     * @param stored so many entries behind the cursor are certain to be in the store already
     */
    void start(long window, long stored) {
        open((int) Math.min(window + FIRST_WINDOW, Integer.MAX_VALUE), -1, stored);
    }

    void pause() {
        paused = true;
        if (stream != null) {
            stream.pause();
        }
    }

    void resume() {
        if (paused && stream != null) {
            stream.resume();
        }
        paused = false;
    }

    boolean paused() {
        return paused;
    }

    /** Whether the engine's stream is open and the cursor behind. */
    boolean isLive() {
        return stream != null && search.state() == ResumeFilter.State.FOUND;
    }

    void cancel() {
        over = true;
        close();
    }

    private void open(int window, long knownIndex, long stored) {
        Integer tail = cursor == null ? null : window;
        var query = new LogQuery(true, tail, null, null, source.terminal());
        var joiner = new LineJoiner(source.terminal(), sink);
        check = guard.newStream(cursor, stored, joiner);
        search = new ResumeFilter(cursor, window, knownIndex, joiner, check);
        decoder = EntryDecoder.of(source.terminal(), new EntryReader(cursor == null, search));
        Future<LogStream> opened = engine.logs(source.id(), query);
        opened.onComplete(this::attach, this::fail);
    }

    private void attach(LogStream opened) {
        if (over) {
            opened.cancel();
            return;
        }
        stream = opened;
        stream.exceptionHandler(this::fail);
        stream.endHandler(end -> ended());
        stream.handler(this::feed);
        if (!paused) {
            stream.resume();
        }
        watch();
    }

    private void feed(Buffer buffer) {
        if (over || stream == null) {
            return;
        }
        chunks++;
        try {
            decoder.feed(buffer);
        } catch (RuntimeException e) {
            fail(e);
            return;
        }
        if (search.state() == ResumeFilter.State.MISSED) {
            searchFurther();
        } else if (check.isDoubtful()) {
            cancel();
            events.doubted();
        } else {
            awaitStandstill();
            events.chunk();
        }
    }

    private void awaitStandstill() {
        if (stillTimer < 0 && isLive() && guard.mayStandStill()) {
            long before = chunks;
            stillTimer = vertx.setTimer(RotationGuard.STANDSTILL.toMillis(), fired -> perhapsStill(before));
        }
    }

    private void perhapsStill(long before) {
        stillTimer = -1;
        if (over || !isLive()) {
            return;
        }
        if (paused || chunks != before) {
            awaitStandstill();
        } else if (guard.suspectsSilence()) {
            cancel();
            events.still();
        }
    }

    private void ended() {
        if (over || stream == null) {
            return;
        }
        decoder.end();
        if (!check.isDoubtful()) {
            search.end();
        }
        if (search.state() == ResumeFilter.State.MISSED) {
            searchFurther();
            return;
        }
        cancel();
        if (check.isDoubtful()) {
            events.doubted();
        } else {
            events.ended();
        }
    }

    /** The entry is not among the newest: looks where in the store it is, and begins there. */
    private void searchFurther() {
        close();
        if (++searches > MOST_SEARCHES) {
            lose();
            return;
        }
        Future<StoreReader.Scanned> located = store.scan(source.id(), source.terminal(), PageQuery.locate(cursor));
        located.onComplete(this::openAt, this::fail);
    }

    private void openAt(StoreReader.Scanned located) {
        if (over) {
            return;
        }
        long index = located.scan().anchorIndex();
        if (index < 0) {
            lose();
            return;
        }
        long window = Math.min(located.scan().entries() + MARGIN, Integer.MAX_VALUE);
        open((int) window, located.wholeStore() ? index : -1, located.scan().behindAnchor());
    }

    private void watch() {
        timer = cancelled(timer);
        Duration patience = search.state() == ResumeFilter.State.SEARCHING ? SEARCH_PAUSE : quiet;
        long before = chunks;
        timer = vertx.setTimer(patience.toMillis(), fired -> silentSince(before));
    }

    private void silentSince(long before) {
        timer = -1;
        if (over || stream == null) {
            return;
        }
        if (paused || chunks != before) {
            watch();
        } else if (search.state() == ResumeFilter.State.SEARCHING) {
            searchFurther();
        } else {
            cancel();
            events.quiet();
        }
    }

    private void fail(Throwable cause) {
        if (!over) {
            cancel();
            events.broken(cause);
        }
    }

    private void lose() {
        cancel();
        events.lost();
    }

    private void close() {
        stopWatching();
        if (stream != null) {
            stream.cancel();
            stream = null;
        }
    }

    private void stopWatching() {
        timer = cancelled(timer);
        stillTimer = cancelled(stillTimer);
    }

    private long cancelled(long running) {
        if (running >= 0) {
            boolean unused = vertx.cancelTimer(running);
        }
        return -1;
    }
}
