package io.dockrelay.controller.logs.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

import io.dockrelay.controller.logs.entries.EntryDecoder;
import io.dockrelay.controller.logs.entries.EntryDecoderFactory;
import io.dockrelay.controller.logs.entries.EntryReader;
import io.dockrelay.docker.DockerEngine;
import io.dockrelay.docker.DockerEngineException.Kind;
import io.dockrelay.docker.LogQuery;
import io.dockrelay.protocol.bus.Refusal;

/**
 * Reads containers and their stored logs from the engine. Stateless; each result arrives within a deadline, on the caller's
 * context.
 */
public final class StoreReader {

    private static final Duration INSPECT_TIMEOUT = Duration.ofSeconds(10);

    /** How often a read of the newest entries is repeated after an error of the engine, which a rotation may cause. */
    private static final int REPEATS = 2;

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
        return read(id, PageQuery.newest(1), LogQuery.newest(1, terminal), REPEATS)
                .map(found -> {
                    LineWindow.Page page = found.scan.before().take(id);
                    return page.last() == null ? null : page.last().timestamp();
                });
    }

    /**
     * What a read found.
     *
     * @param wholeStore whether it started with the first entry of the store, as far as the number of its entries shows
     * @param cutAfter whether a time ended it, so that later lines are unknown
     */
    public record Scanned(PageCollector scan, boolean wholeStore, boolean cutAfter) {

        public boolean moreBefore() {
            return !wholeStore || scan.sawOlder();
        }

        boolean moreAfter() {
            return cutAfter || scan.moreAfter();
        }
    }

    /** Reads from further back each time, until the page is complete or the store starts there. */
    public Future<Scanned> scan(String id, boolean terminal, PageQuery query) {
        return scan(id, query, ReadRanges.of(query, terminal), 0);
    }

    /**
     * The engine may end a read of the newest entries early, even at once, while the log rotates. So a larger read has to
     * confirm an empty one, and the last read, which is by time, that the store does not have the cursor.
     */
    private Future<Scanned> scan(String id, PageQuery query, List<LogQuery> reads, int attempt) {
        int last = reads.size() - 1;
        return read(id, query, reads.get(attempt), REPEATS).compose(found -> {
            if (attempt == last || found.scan.reachedFarEnough()) {
                return Future.succeededFuture(found);
            }
            if (!found.wholeStore || (attempt == 0 && found.scan.entries() == 0)) {
                return scan(id, query, reads, attempt + 1);
            }
            return found.scan.missedCursor() ? scan(id, query, reads, last) : Future.succeededFuture(found);
        });
    }

    private Future<Scanned> read(String id, PageQuery query, LogQuery read, int repeats) {
        boolean repeatable = repeats > 0 && read.tail() != null;
        return once(id, query, read, !repeatable)
                .recover(failure -> repeatable && mayBeRotation(failure)
                        ? read(id, query, read, repeats - 1)
                        : Future.failedFuture(failure));
    }

    private static boolean mayBeRotation(Throwable failure) {
        return !(failure instanceof Refusal) && EngineFailures.kind(failure) == Kind.SERVER_ERROR;
    }

    /** @param last whether what was read before a failure is the result: a damaged log can be read up to the damage only */
    private Future<Scanned> once(String id, PageQuery query, LogQuery read, boolean last) {
        boolean fromStart = read.tail() == null;
        var scan = new PageCollector(query, read.tty(), fromStart);
        EntryDecoder decoder = EntryDecoderFactory.create(read.tty(), EntryReader.bounded(fromStart, scan));
        return StoreRead.run(vertx, new StoreRead.Request(engine, id, read), decoder, scan::done)
                .map(atEnd -> {
                    scan.end();
                    boolean whole = fromStart ? read.since() == null : atEnd && scan.entries() < read.tail();
                    return new Scanned(scan, whole, read.until() != null);
                })
                .recover(failure -> {
                    scan.end();
                    boolean useful = scan.entries() > 0 && !scan.missedCursor();
                    return last && useful && EngineFailures.kind(failure) == Kind.SERVER_ERROR
                            ? Future.succeededFuture(new Scanned(scan, false, true))
                            : Future.failedFuture(failure);
                });
    }
}
