package io.dockrelay.controller.logs.store;

import java.time.Duration;
import java.util.List;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

import io.dockrelay.controller.logs.entries.EntryDecoder;
import io.dockrelay.controller.logs.entries.EntryDecoderFactory;
import io.dockrelay.controller.logs.entries.EntryReader;
import io.dockrelay.docker.DockerEngine;
import io.dockrelay.docker.LogQuery;

/**
 * Asks the engine about containers and their stored logs. Stateless; every answer comes within a deadline, on the
 * context of who asks.
 */
public final class StoreReader {

    private static final Duration INSPECT = Duration.ofSeconds(10);

    /** Longer than a read's own deadline, for engines and proxies that send no headers before the first line. */
    private static final Duration OPENS = StoreRead.DEADLINE.plusSeconds(1);

    private final Vertx vertx;
    private final DockerEngine engine;

    public StoreReader(Vertx vertx, DockerEngine engine) {
        this.vertx = vertx;
        this.engine = engine;
    }

    public Future<LoggedContainer> inspect(String id) {
        return engine.inspect(id, INSPECT).map(LoggedContainer::of);
    }

    /**
     * What a read found.
     *
     * @param wholeStore whether it began with the first entry of the store
     * @param cutAfter whether it was ended by time, so that nobody knows what is behind
     */
    public record Scanned(PageCollector scan, boolean wholeStore, boolean cutAfter) {

        public boolean moreBefore() {
            return !wholeStore || scan.sawOlder();
        }

        boolean moreAfter() {
            return cutAfter || scan.moreAfter();
        }
    }

    /** Reads from further and further back until the plan is fulfilled or the store is at its beginning. */
    public Future<Scanned> scan(String id, boolean terminal, PageQuery plan) {
        return scan(id, terminal, plan, ReadRanges.of(plan, terminal), 0);
    }

    private Future<Scanned> scan(String id, boolean terminal, PageQuery plan, List<LogQuery> reads, int attempt) {
        LogQuery query = reads.get(attempt);
        boolean last = attempt == reads.size() - 1;
        return once(id, query, plan).compose(found -> {
            boolean enough = last || found.wholeStore || found.scan.reachedFarEnough();
            return enough ? Future.succeededFuture(found) : scan(id, terminal, plan, reads, attempt + 1);
        });
    }

    private Future<Scanned> once(String id, LogQuery query, PageQuery plan) {
        boolean fromStart = query.tail() == null;
        var scan = new PageCollector(plan, query.tty(), fromStart);
        EntryDecoder decoder = EntryDecoderFactory.create(query.tty(), new EntryReader(fromStart, scan));
        return StoreRead.run(vertx, engine, id, query, decoder, scan::done)
                .timeout(OPENS.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS)
                .map(atEnd -> {
                    scan.end();
                    boolean whole = fromStart ? query.since() == null : atEnd && scan.entries() < query.tail();
                    return new Scanned(scan, whole, query.until() != null);
                });
    }
}
