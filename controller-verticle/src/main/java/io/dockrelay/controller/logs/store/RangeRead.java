package io.dockrelay.controller.logs.store;

import java.time.Duration;
import java.util.function.Supplier;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

import io.dockrelay.controller.logs.entries.EntryPosition;
import io.dockrelay.controller.logs.entries.EntryReader;
import io.dockrelay.controller.logs.entries.LogEntry;
import io.dockrelay.docker.DockerEngine;
import io.dockrelay.docker.DockerEngineException.Kind;
import io.dockrelay.docker.LogQuery;
import io.dockrelay.protocol.bus.Refusal;

/** Reads one range of a container's stored log into a page. Stateless; runs on the caller's context. */
record RangeRead(Vertx vertx, DockerEngine engine, String containerId) {

    /**
     * How often a read of the newest entries is repeated after an error or a report of the engine, which a rotation may cause.
     */
    private static final int REPEATS = 2;

    /** A read of the newest entries that has them all ends after this many bytes: the rest is newer than the read. */
    private static final long OVERTAKEN_BYTES = 16L << 20;

    /** A report of the engine that is not due to a rotation is in the result, which may lack entries before the damage. */
    Future<Scanned> read(PageQuery query, LogQuery range, StoreRead.Bounds bounds) {
        return read(query, range, bounds, range.tail() == null ? 0 : REPEATS);
    }

    private Future<Scanned> read(PageQuery query, LogQuery range, StoreRead.Bounds bounds, int repeats) {
        return once(query, range, bounds, false)
                .compose(
                        found -> repeats > 0 && found.report() != null
                                ? read(query, range, bounds, repeats - 1)
                                : Future.succeededFuture(found),
                        failure -> repeats > 0 && mayBeRotation(failure)
                                ? read(query, range, bounds, repeats - 1)
                                : Future.failedFuture(failure));
    }

    /** Reads once: any report of the engine is in the result. */
    Future<Scanned> attempt(PageQuery query, LogQuery range, StoreRead.Bounds bounds) {
        return once(query, range, bounds, false);
    }

    /** Reads up to damage, without a loss of the entries before it. */
    Future<Scanned> upToDamage(PageQuery query, LogQuery range, StoreRead.Bounds bounds) {
        return once(query, range, bounds, true);
    }

    /** The first entry of a range; null when there is none. The rest is not read. */
    Future<EntryPosition> first(LogQuery range, StoreRead.Bounds bounds) {
        return beginning(range, 1, bounds).map(trace -> trace.entries() == 0 ? null : trace.first());
    }

    /**
     * What passes at the beginning of a range. The rest is not read.
     *
     * @param entries how many of the range's entries, unless it has fewer
     */
    Future<ReadTrace> beginning(LogQuery range, int entries, StoreRead.Bounds bounds) {
        var trace = new ReadTrace();
        LogEntry.Sink sink = entry -> {
            if (trace.entries() < entries) {
                trace.entry(entry);
            }
        };
        var request = new StoreRead.Request(engine, containerId, range, bounds);
        return StoreRead.run(vertx, request, new EntryReader(false, sink), null, bytes -> trace.entries() >= entries)
                .map(end -> trace);
    }

    /** What continues a read of this range after a report of the engine. */
    LostEntries lostEntries(EntryReader reader, LogQuery range, Supplier<Duration> left) {
        EntrySearch.Tails tails = entries ->
                first(LogQuery.newest(entries, range.tty()), new StoreRead.Bounds(Long.MAX_VALUE, left.get()));
        return new LostEntries(tails, reader, range);
    }

    /** A program that writes faster than the engine reads would never let the read end. */
    private static boolean isOvertaken(LogQuery range, PageCollector scan, long bytes) {
        return range.tail() != null && scan.entries() >= range.tail() && bytes >= OVERTAKEN_BYTES;
    }

    private static boolean mayBeRotation(Throwable failure) {
        return !(failure instanceof Refusal) && EngineFailures.kind(failure) == Kind.SERVER_ERROR;
    }

    private Future<Scanned> once(PageQuery query, LogQuery range, StoreRead.Bounds bounds, boolean finds) {
        boolean fromStart = range.tail() == null;
        var scan = new PageCollector(query, range.tty(), fromStart);
        var reader = new EntryReader(fromStart, scan);
        var request = new StoreRead.Request(engine, containerId, range, bounds);
        LostEntries lost = finds ? lostEntries(reader, range, ReadDeadline.in(bounds.time())::left) : null;
        return StoreRead.run(vertx, request, reader, lost, bytes -> scan.done() || isOvertaken(range, scan, bytes))
                .map(end -> {
                    scan.end();
                    boolean ended = end.ofLog() && end.report() == null;
                    boolean whole = fromStart ? range.since() == null : ended && scan.entries() < range.tail();
                    boolean byTime = range.until() != null;
                    return Scanned.of(scan, whole, byTime, end.bytes(), ended && !byTime, end.report());
                })
                .recover(failure -> {
                    scan.end();
                    // At the deadline, the lines beside the page's anchor are a page.
                    boolean useful = failure instanceof Refusal
                            && fromStart
                            && scan.trace().passedAnchor()
                            && !scan.missedCursor();
                    return useful
                            ? Future.succeededFuture(Scanned.of(scan, false, true, 0, true, null))
                            : Future.failedFuture(failure);
                });
    }
}
