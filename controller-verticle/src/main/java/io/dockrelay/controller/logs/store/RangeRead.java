package io.dockrelay.controller.logs.store;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

import io.dockrelay.controller.logs.entries.EntryDecoder;
import io.dockrelay.controller.logs.entries.EntryDecoderFactory;
import io.dockrelay.controller.logs.entries.EntryPosition;
import io.dockrelay.controller.logs.entries.EntryReader;
import io.dockrelay.controller.logs.entries.LogEntry;
import io.dockrelay.controller.logs.store.Scanned.Damage;
import io.dockrelay.docker.DockerEngine;
import io.dockrelay.docker.DockerEngineException.Kind;
import io.dockrelay.docker.LogQuery;
import io.dockrelay.protocol.bus.Refusal;

/** Reads one range of a container's stored log into a page. Stateless; runs on the caller's context. */
record RangeRead(Vertx vertx, DockerEngine engine, String containerId) {

    /** How often a read of the newest entries is repeated after an error of the engine, which a rotation may cause. */
    private static final int REPEATS = 2;

    Future<Scanned> read(PageQuery query, LogQuery range, StoreRead.Bounds bounds) {
        return read(query, range, bounds, range.tail() == null ? 0 : REPEATS);
    }

    private Future<Scanned> read(PageQuery query, LogQuery range, StoreRead.Bounds bounds, int repeats) {
        return once(query, range, bounds, repeats == 0)
                .recover(failure -> repeats > 0 && mayBeRotation(failure)
                        ? read(query, range, bounds, repeats - 1)
                        : Future.failedFuture(failure));
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
                trace.entry(entry.position);
            }
        };
        EntryDecoder decoder = EntryDecoderFactory.create(range.tty(), EntryReader.bounded(false, sink));
        var request = new StoreRead.Request(engine, containerId, range, bounds);
        return StoreRead.run(vertx, request, decoder, () -> trace.entries() >= entries)
                .map(end -> trace);
    }

    private static boolean mayBeRotation(Throwable failure) {
        return !(failure instanceof Refusal) && EngineFailures.kind(failure) == Kind.SERVER_ERROR;
    }

    /**
     * @param last whether what was read before a failure is the result: a damaged log can be read up to the damage only. What
     *     was read before the deadline is none, unless the page's anchor was passed: the lines beside it are missing
     */
    private Future<Scanned> once(PageQuery query, LogQuery range, StoreRead.Bounds bounds, boolean last) {
        boolean fromStart = range.tail() == null;
        var scan = new PageCollector(query, range.tty(), fromStart);
        EntryDecoder decoder = EntryDecoderFactory.create(range.tty(), EntryReader.bounded(fromStart, scan));
        return StoreRead.run(vertx, new StoreRead.Request(engine, containerId, range, bounds), decoder, scan::done)
                .map(end -> {
                    scan.end();
                    boolean whole = fromStart ? range.since() == null : end.ofLog() && scan.entries() < range.tail();
                    boolean byTime = range.until() != null;
                    return new Scanned(scan, whole, byTime, end.bytes(), end.ofLog() && !byTime, Damage.NONE);
                })
                .recover(failure -> {
                    scan.end();
                    boolean tooLong = failure instanceof Refusal
                            && !(fromStart && scan.trace().passedAnchor());
                    boolean useful = scan.entries() > 0 && !scan.missedCursor() && !tooLong;
                    return last && useful && EngineFailures.kind(failure) == Kind.SERVER_ERROR
                            ? Future.succeededFuture(new Scanned(scan, false, true, 0, true, Damage.NONE))
                            : Future.failedFuture(failure);
                });
    }
}
