package io.dockrelay.controller.logs.store;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.vertx.core.Future;

import io.dockrelay.controller.logs.store.Scanned.Damage;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.bus.reads.FairSlots;
import io.dockrelay.protocol.bus.reads.SharedReads;
import io.dockrelay.protocol.logs.Cursor;
import io.dockrelay.protocol.logs.GapReason;
import io.dockrelay.protocol.logs.LineBlock;
import io.dockrelay.protocol.logs.LogPage;
import io.dockrelay.protocol.logs.LogSlice;
import io.dockrelay.protocol.logs.ReadLogs;
import io.dockrelay.protocol.logs.TailMark;
import io.dockrelay.protocol.logs.Waypoint;

/**
 * Cuts bounded pages out of the engine's store: equal ones once for all that want them, a few at a time. Owned by the
 * supervisor of the tails, on its context. Between two pages it remembers only which containers have a terminal.
 */
public final class PageReader {

    /** The most lines of a page. */
    static final int MAX_LIMIT = 5_000;

    private static final int REMEMBERED = 1_000;

    /** A page that has waited for longer has too little time left to be read. */
    private static final Duration PATIENCE = Duration.ofSeconds(6);

    /** The readers of a page are not known here; a relay lets its own take turns. */
    private static final String ANY_READER = "";

    private final StoreReader store;
    private final SharedReads<ReadLogs, LogPage> shared = new SharedReads<>();
    private final FairSlots slots = new FairSlots(PATIENCE, () -> System.nanoTime() / 1_000_000);

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
        var place = new FairSlots.Place(id, ANY_READER);
        return shared.read(request.of(id), request.reachesPresent(), () -> {
                    // A read may wait for an equal one to end: its time begins when it does.
                    var deadline = ReadDeadline.fromNow();
                    return slots.run(
                            place, () -> find(id, query, deadline).map(found -> page(request, name, id, found)));
                })
                .recover(failure -> Future.failedFuture(EngineFailures.refusal(name, failure)));
    }

    private record Found(Scanned read, boolean anchored) {}

    /** One container's store, until a deadline. */
    private record Source(String id, boolean terminal, ReadDeadline deadline) {}

    private Future<Found> find(String id, PageQuery query, ReadDeadline deadline) {
        PageQuery local = query.endsElsewhere(id) ? query.endingByTime() : query;
        return terminal(id)
                .map(terminal -> new Source(id, terminal, deadline))
                .compose(source -> query.isElsewhere(id) ? nearest(source, query) : exact(source, local));
    }

    private Future<Found> exact(Source source, PageQuery query) {
        return anchored(source, query).compose(found -> {
            boolean missed = found.anchored && found.read.scan().missedEnd();
            return missed ? anchored(source, query.endingByTime()) : Future.succeededFuture(found);
        });
    }

    private Future<Found> anchored(Source source, PageQuery query) {
        return scan(source, query)
                .compose(read -> read.scan().missedCursor() && read.damage() == Damage.NONE
                        ? nearest(source, query)
                        : Future.succeededFuture(new Found(read, true)));
    }

    private Future<Found> nearest(Source source, PageQuery query) {
        return scan(source, query.byTime()).map(read -> new Found(read, false));
    }

    private Future<Scanned> scan(Source source, PageQuery query) {
        return query.isEmpty()
                ? Future.succeededFuture(Scanned.nothing(query))
                : store.scan(source.id, source.terminal, query, source.deadline);
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
        TailMark.Gap incomplete = incomplete(request, found.read.damage(), first, last);
        if (request.limit() == 0) {
            boolean older = moreBefore || !lines.isEmpty();
            return new LogPage(name, LogSlice.emptyAt(last), older, moreAfter, found.anchored, List.of(), incomplete);
        }
        List<Waypoint> waypoints = before.lines().isEmpty() ? after.waypoints() : List.of();
        var slice = new LogSlice(lines, first, last);
        return new LogPage(name, slice, moreBefore, moreAfter, found.anchored, waypoints, incomplete);
    }

    /** The gap beside the lines of a page; its other end is the position that was asked for, where that is an entry. */
    private static TailMark.Gap incomplete(ReadLogs request, Damage damage, String first, String last) {
        String position = request.position() != null
                        && Cursor.tryDecode(request.position()).isPresent()
                ? request.position()
                : null;
        boolean after = request.anchor() == ReadLogs.Anchor.AFTER;
        return switch (damage) {
            case NONE -> null;
            case BEFORE -> new TailMark.Gap(GapReason.DAMAGED, after ? position : null, first, null);
            case AFTER -> new TailMark.Gap(GapReason.DAMAGED, last, after ? null : position, null);
        };
    }
}
