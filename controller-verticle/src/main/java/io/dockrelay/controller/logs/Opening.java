package io.dockrelay.controller.logs;

import java.time.Instant;
import java.util.List;

import io.vertx.core.Future;

import io.dockrelay.docker.DockerEngineException.Kind;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.logs.Cursor;
import io.dockrelay.protocol.logs.GapReason;
import io.dockrelay.protocol.logs.LineBlock;
import io.dockrelay.protocol.logs.LogStateKind;
import io.dockrelay.protocol.logs.OpenTail;
import io.dockrelay.protocol.logs.TailFrom;
import io.dockrelay.protocol.logs.TailMark;

/**
 * A tail at its start.
 *
 * @param source null when there is no container yet
 * @param cursor where to go on reading; null for the log's beginning
 * @param readable whether there is a log to follow
 * @param window how many of the store's newest entries reach back to the cursor, as far as that is known; 0 if not
 */
record Opening(LogSource source, Snapshot snapshot, Cursor cursor, boolean readable, long window) {

    /** There is no container yet: it is waited for. */
    static Opening waiting(String name, String why) {
        var mark = new TailMark.State(LogStateKind.WAITING, name, Instant.now(), why);
        return new Opening(null, Snapshot.empty(mark), null, false, 0);
    }

    /**
     * Looks at a container and reads what the tail begins with.
     *
     * @param name the container's name
     * @param maxLines the most that a snapshot holds
     */
    static Future<Opening> of(StoreReader store, OpenTail request, String name, String id, int maxLines) {
        return store.inspect(id)
                .compose(source ->
                        read(store, request, source, maxLines).recover(failure -> unreadable(source, name, failure)))
                .recover(failure -> later(request, name, failure));
    }

    private static Future<Opening> read(StoreReader store, OpenTail request, LogSource source, int maxLines) {
        return switch (request.from()) {
            case TailFrom.Lines lines -> newest(store, source, Math.min(lines.count(), maxLines), null, List.of());
            case TailFrom.After after -> resumed(store, source, after.cursor());
        };
    }

    /** The newest lines, or only where they end. */
    private static Future<Opening> newest(
            StoreReader store, LogSource source, int lines, Boolean resumed, List<TailMark> marks) {
        return store.scan(source.id(), source.terminal(), PagePlan.newest(lines))
                .map(read -> {
                    LineRing.Page page = read.scan().before().take(source.id());
                    boolean none = lines == 0;
                    var snapshot = new Snapshot(
                            marks,
                            none ? page.lines().slice(0, 0) : page.lines(),
                            page.last() == null ? null : page.last().encode(),
                            page.dropped()
                                    || read.moreBefore()
                                    || (none && !page.lines().isEmpty()),
                            resumed);
                    return new Opening(source, snapshot, page.last(), true, 0);
                });
    }

    private static Future<Opening> resumed(StoreReader store, LogSource source, String text) {
        Cursor cursor;
        try {
            cursor = Cursor.decode(text);
        } catch (IllegalArgumentException e) {
            return Future.failedFuture(new Refusal(RefusalKind.BAD_REQUEST, "after is " + e.getMessage()));
        }
        if (!cursor.containerId().equals(source.id())) {
            return notResumed(store, source, text, GapReason.REMOVED);
        }
        return store.scan(source.id(), source.terminal(), PagePlan.locate(cursor))
                .compose(read -> read.scan().anchorIndex() < 0
                        ? notResumed(store, source, text, GapReason.ROTATED)
                        : Future.succeededFuture(
                                exactly(source, cursor, read.scan().entries())));
    }

    private static Opening exactly(LogSource source, Cursor cursor, long window) {
        var snapshot = new Snapshot(List.of(), LineBlock.EMPTY, cursor.encode(), true, true);
        return new Opening(source, snapshot, cursor, true, window);
    }

    private static Future<Opening> notResumed(StoreReader store, LogSource source, String from, GapReason reason) {
        TailMark gap = new TailMark.Gap(reason, from, null, null);
        return newest(store, source, 0, false, List.of(gap));
    }

    private static Future<Opening> unreadable(LogSource source, String name, Throwable failure) {
        if (EngineFailures.kind(failure) != Kind.NOT_IMPLEMENTED) {
            return Future.failedFuture(failure);
        }
        var mark = new TailMark.State(LogStateKind.UNREADABLE, name, Instant.now(), failure.getMessage());
        return Future.succeededFuture(new Opening(source, Snapshot.empty(mark), null, false, 0));
    }

    /** Who subscribes again after an outage waits for whatever is away. */
    private static Future<Opening> later(OpenTail request, String name, Throwable failure) {
        boolean mayCome = EngineFailures.kind(failure) == Kind.NOT_FOUND || EngineFailures.passes(failure);
        if (request.waitForContainer() && mayCome && !(failure instanceof Refusal)) {
            return Future.succeededFuture(waiting(name, failure.getMessage()));
        }
        return Future.failedFuture(EngineFailures.refusal(name, failure));
    }
}
