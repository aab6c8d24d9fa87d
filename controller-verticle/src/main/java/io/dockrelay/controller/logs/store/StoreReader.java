package io.dockrelay.controller.logs.store;

import java.time.Duration;
import java.time.Instant;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

import io.dockrelay.docker.DockerEngine;

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

    /** Time of the newest stored entry; null when there is none. Reads no other entry, which may be damaged. */
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
