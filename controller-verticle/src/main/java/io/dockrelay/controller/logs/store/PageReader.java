package io.dockrelay.controller.logs.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.vertx.core.Future;

import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.logs.LineBlock;
import io.dockrelay.protocol.logs.LogPage;
import io.dockrelay.protocol.logs.LogSlice;
import io.dockrelay.protocol.logs.ReadLogs;
import io.dockrelay.protocol.logs.Waypoint;

/**
 * Cuts bounded pages out of the engine's store. Owned by the supervisor of the tails, on its context. Between two pages it
 * remembers only which containers have a terminal.
 */
public final class PageReader {

    /** The most lines of a page. */
    static final int MAX_LIMIT = 5_000;

    private static final int REMEMBERED = 1_000;

    private final StoreReader store;

    /** Whether a container has a terminal, by id; that never changes. */
    private final Map<String, Boolean> terminals = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };

    public PageReader(StoreReader store) {
        this.store = store;
    }

    /** The page of a container that does not exist yet. */
    public static LogPage empty(String name) {
        return LogPage.empty(name);
    }

    /**
     * Reads one page.
     *
     * @param name the container's name, for the answer
     * @param id 12 hex digits
     */
    public Future<LogPage> read(ReadLogs request, String name, String id) {
        if (request.limit() < 0 || request.limit() > MAX_LIMIT) {
            return Future.failedFuture(new Refusal(
                    RefusalKind.BAD_REQUEST, "limit is " + request.limit() + "; it has to be 0 to " + MAX_LIMIT));
        }
        PageQuery query;
        try {
            query = PageQuery.of(request);
        } catch (Refusal refusal) {
            return Future.failedFuture(refusal);
        }
        PageQuery local = query.endsElsewhere(id) ? query.endingByTime() : query;
        return terminal(id)
                .compose(terminal -> query.isElsewhere(id) ? nearest(id, terminal, query) : exact(id, terminal, local))
                .map(found -> page(request, name, id, found))
                .recover(failure -> Future.failedFuture(EngineFailures.refusal(name, failure)));
    }

    private record Found(StoreReader.Scanned read, boolean anchored) {}

    private Future<Found> exact(String id, boolean terminal, PageQuery query) {
        return anchored(id, terminal, query).compose(found -> {
            boolean missed = found.anchored && found.read.scan().missedEnd();
            return missed ? anchored(id, terminal, query.endingByTime()) : Future.succeededFuture(found);
        });
    }

    private Future<Found> anchored(String id, boolean terminal, PageQuery query) {
        return store.scan(id, terminal, query)
                .compose(read -> read.scan().missedCursor()
                        ? nearest(id, terminal, query)
                        : Future.succeededFuture(new Found(read, true)));
    }

    private Future<Found> nearest(String id, boolean terminal, PageQuery query) {
        return store.scan(id, terminal, query.byTime()).map(read -> new Found(read, false));
    }

    private Future<Boolean> terminal(String id) {
        Boolean known = terminals.get(id);
        if (known != null) {
            return Future.succeededFuture(known);
        }
        return store.inspect(id).map(source -> {
            terminals.put(id, source.terminal());
            return source.terminal();
        });
    }

    private static LogPage page(ReadLogs request, String name, String id, Found found) {
        LineWindow.Page before = found.read.scan().before().take(id);
        LineWindow.Page after = found.read.scan().after().take(id);
        LineBlock lines = before.lines().concat(after.lines());
        String first = before.first() == null ? after.first() : before.first();
        String last = after.cursor() == null ? before.cursor() : after.cursor();
        boolean moreBefore = before.dropped() || found.read.moreBefore();
        boolean moreAfter = after.dropped() || found.read.moreAfter();
        if (request.limit() == 0) {
            boolean older = moreBefore || !lines.isEmpty();
            return new LogPage(name, LogSlice.emptyAt(last), older, moreAfter, found.anchored, List.of());
        }
        List<Waypoint> waypoints = before.lines().isEmpty() ? after.waypoints() : List.of();
        var slice = new LogSlice(lines, first, last);
        return new LogPage(name, slice, moreBefore, moreAfter, found.anchored, waypoints);
    }
}
