package io.dockrelay.controller.logs.store;

import java.time.Duration;
import java.time.Instant;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

import io.dockrelay.controller.logs.entries.EntryReader;
import io.dockrelay.docker.DockerEngine;
import io.dockrelay.docker.LogQuery;

/**
 * Reads containers and their stored logs from the engine. Stateless; each result arrives within a deadline, on the caller's
 * context.
 */
public final class StoreReader {

    private static final Duration INSPECT_TIMEOUT = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final DockerEngine engine;

    public StoreReader(Vertx vertx, DockerEngine engine) {
        this.vertx = vertx;
        this.engine = engine;
    }

    public Future<LoggedContainer> inspect(String id) {
        return engine.inspect(id, INSPECT_TIMEOUT).map(LoggedContainer::of);
    }

    /**
     * What continues a caller's own read of a container's stored log after a report of the engine.
     *
     * @param reader of the entries
     * @param query the request
     */
    public LostEntries lostEntries(String id, EntryReader reader, LogQuery query) {
        return range(id).lostEntries(reader, query, () -> ReadDeadline.fromNow().left());
    }

    /**
     * The longest silence before the first byte of a read of the newest entries. After it the request is repeated: an engine
     * may loop when the log rotates during such a read.
     *
     * @param tail number of entries
     */
    public static Duration patience(int tail) {
        return StoreStream.patience(tail);
    }

    /**
     * Time of the newest stored entry; null when there is none. Reads no other entry, which may be damaged. Fails when the
     * engine reports that it cannot read this one.
     */
    public Future<Instant> newest(String id, boolean terminal) {
        return new DamageCheck(range(id), terminal, ReadDeadline.fromNow()).newest();
    }

    /** Reads from further back each time, until the page is complete, or as much of it as can be had in time. */
    public Future<Scanned> scan(String id, boolean terminal, PageQuery query) {
        return scan(id, terminal, query, ReadDeadline.fromNow());
    }

    Future<Scanned> scan(String id, boolean terminal, PageQuery query, ReadDeadline deadline) {
        return new PageScan(range(id), query, terminal, deadline).run();
    }

    private RangeRead range(String id) {
        return new RangeRead(vertx, engine, id);
    }
}
