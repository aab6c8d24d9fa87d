package io.dockrelay.controller.logs.tail;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.vertx.core.Future;

import io.dockrelay.controller.logs.store.EngineFailures;
import io.dockrelay.controller.logs.store.LineWindow;
import io.dockrelay.controller.logs.store.LoggedContainer;
import io.dockrelay.controller.logs.store.PageQuery;
import io.dockrelay.controller.logs.store.StoreReader;
import io.dockrelay.docker.DockerEngineException.Kind;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.logs.Cursor;
import io.dockrelay.protocol.logs.GapReason;
import io.dockrelay.protocol.logs.LogSlice;
import io.dockrelay.protocol.logs.LogStateKind;
import io.dockrelay.protocol.logs.OpenTail;
import io.dockrelay.protocol.logs.Resumption;
import io.dockrelay.protocol.logs.TailFrom;
import io.dockrelay.protocol.logs.TailMark;

/**
 * What a tail starts with: the container, the first batch, and where to continue.
 *
 * @param source null when there is no container yet
 * @param next where to continue; null without a container, or when there is no log to follow
 * @param backlog without a container: how many of the newest lines precede the live ones when it can be read
 */
record TailStart(LoggedContainer source, TailSnapshot snapshot, Continuation next, int backlog) {

    private TailStart(LoggedContainer source, TailSnapshot snapshot, Continuation next) {
        this(source, snapshot, next, 0);
    }

    /**
     * There is no container yet: the tail waits. A tail with a position continues from it when the container appears, or
     * reports a gap then. Otherwise all lines are new then, up to a maximum.
     */
    static TailStart waiting(OpenTail request, String name, int maxLines) {
        return waiting(request, name, null, maxLines);
    }

    /**
     * The engine does not answer: the tail waits for it, and then has the lines that were requested. At least one, which
     * gives a reader of the present its position.
     *
     * @param why the engine's sentence
     */
    static TailStart away(OpenTail request, String name, String why, int maxLines) {
        int backlog =
                request.from() instanceof TailFrom.Lines lines ? Math.clamp(lines.count(), 1, maxLines) : maxLines;
        return waiting(request, name, why, backlog);
    }

    private static TailStart waiting(OpenTail request, String name, String why, int backlog) {
        var mark = new TailMark.State(LogStateKind.WAITING, name, Instant.now(), why);
        TailSnapshot snapshot = switch (request.from()) {
            case TailFrom.Lines lines -> TailSnapshot.empty(mark);
            case TailFrom.After after ->
                new TailSnapshot(List.of(mark), LogSlice.emptyAt(after.cursor()), false, Resumption.RESUMED);
        };
        return new TailStart(null, snapshot, null, backlog);
    }

    /**
     * Inspects a container and reads the first batch.
     *
     * @param name the container's name
     * @param maxLines the most lines of a snapshot
     */
    static Future<TailStart> of(StoreReader store, OpenTail request, String name, String id, int maxLines) {
        return store.inspect(id)
                .compose(source ->
                        read(store, request, source, maxLines).recover(failure -> unreadable(source, name, failure)))
                .recover(failure -> waitOrFail(request, name, failure, maxLines));
    }

    private static Future<TailStart> read(StoreReader store, OpenTail request, LoggedContainer source, int maxLines) {
        return switch (request.from()) {
            case TailFrom.Lines lines -> newest(store, source, Math.min(lines.count(), maxLines));
            case TailFrom.After after -> resumed(store, source, after.cursor(), maxLines);
        };
    }

    /** The newest lines, or for zero lines only their last position. */
    private static Future<TailStart> newest(StoreReader store, LoggedContainer source, int lines) {
        return NewestPage.read(store, source, lines).map(read -> {
            boolean none = lines == 0;
            LineWindow.Page page = read.lines();
            boolean more = read.moreBefore() || (none && !page.lines().isEmpty());
            LogSlice shown = none ? LogSlice.emptyAt(page.cursor()) : page.slice();
            List<TailMark> marks = new ArrayList<>();
            if (!none) {
                read.gapBefore().ifPresent(marks::add);
            }
            var snapshot = new TailSnapshot(marks, shown, more, Resumption.FRESH);
            return new TailStart(source, snapshot, Continuation.after(read));
        });
    }

    private static Future<TailStart> resumed(StoreReader store, LoggedContainer source, String text, int maxLines) {
        Cursor cursor;
        try {
            cursor = Cursor.decode(text);
        } catch (IllegalArgumentException e) {
            return Future.failedFuture(new Refusal(RefusalKind.BAD_REQUEST, "after is " + e.getMessage()));
        }
        if (!cursor.containerId().equals(source.id())) {
            return notResumed(store, source, cursor, GapReason.REMOVED, maxLines);
        }
        return store.scan(source.id(), source.terminal(), PageQuery.locate(cursor))
                .compose(read -> read.scan().missedCursor()
                        ? notResumed(store, source, cursor, Continuation.reason(read), maxLines)
                        : Continuation.located(store, source, cursor, read, maxLines)
                                .map(next -> exactly(source, cursor, next)));
    }

    private static TailStart exactly(LoggedContainer source, Cursor cursor, Continuation next) {
        var snapshot = new TailSnapshot(List.of(), LogSlice.emptyAt(cursor.encode()), true, Resumption.RESUMED);
        return new TailStart(source, snapshot, next);
    }

    /**
     * The position was not located: after a gap, the newest lines, as many as a snapshot holds. They may have it all the
     * same, or none that is newer.
     */
    private static Future<TailStart> notResumed(
            StoreReader store, LoggedContainer source, Cursor cursor, GapReason reason, int maxLines) {
        return NewestPage.after(store, source, cursor, reason, maxLines).map(read -> {
            String from = cursor.encode();
            if (read.follows() || read.precedes()) {
                return exactly(source, cursor, Continuation.after(from, reason, read));
            }
            LineWindow.Page page = read.lines();
            var gap = new TailMark.Gap(reason, from, page.first(), null);
            var snapshot = new TailSnapshot(List.of(gap), page.slice(), read.moreBefore(), Resumption.NOT_RESUMED);
            return new TailStart(source, snapshot, Continuation.after(read));
        });
    }

    private static Future<TailStart> unreadable(LoggedContainer source, String name, Throwable failure) {
        if (EngineFailures.kind(failure) != Kind.NOT_IMPLEMENTED) {
            return Future.failedFuture(failure);
        }
        var mark = new TailMark.State(LogStateKind.UNREADABLE, name, Instant.now(), failure.getMessage());
        return Future.succeededFuture(new TailStart(source, TailSnapshot.empty(mark), null));
    }

    /** Every tail waits for an engine that does not answer; one that is renewed after an outage, after its errors too. */
    private static Future<TailStart> waitOrFail(OpenTail request, String name, Throwable failure, int maxLines) {
        boolean passes = EngineFailures.passes(failure)
                && (!(failure instanceof Refusal) || Refusal.is(RefusalKind.TIMED_OUT, failure));
        if (EngineFailures.isSilence(failure) || (request.waitForContainer() && passes)) {
            return Future.succeededFuture(away(request, name, failure.getMessage(), maxLines));
        }
        return Future.failedFuture(EngineFailures.refusal(name, failure));
    }
}
