package io.dockrelay.controller.logs.store;

import java.time.Instant;

import io.vertx.core.Future;

import io.dockrelay.controller.logs.entries.EntryPosition;
import io.dockrelay.docker.DockerEngineException;
import io.dockrelay.docker.DockerEngineException.Kind;
import io.dockrelay.docker.LogQuery;
import io.dockrelay.protocol.logs.Cursor;

/**
 * Checks that no entry is missing in a read. At damage in a log's file, as after a power cut, an engine ends a read, or skips
 * some entries, often without a report. But {@code tail} counts the file's lines without reading them: when N entries were
 * read from an entry on, the tail of N begins with it. A check costs the engine one entry; entries that are written meanwhile
 * are told apart by their times. Stateless.
 *
 * @param deadline of all reads
 */
record DamageCheck(RangeRead store, boolean terminal, ReadDeadline deadline) {

    /** How far back an entry is searched that was the last one a moment ago. */
    private static final int FIRST = 16;

    private static final int FACTOR = 8;
    private static final int LAST = 32_768;

    /** Time of the newest stored entry; null when there is none. Fails when the engine reports that it cannot read it. */
    Future<Instant> newest() {
        return last().map(found -> {
            if (found.isUnreadable()) {
                throw new DockerEngineException(Kind.SERVER_ERROR, found.report());
            }
            return found.scan().trace().end();
        });
    }

    private Future<Scanned> last() {
        return read(PageQuery.newest(1), 1);
    }

    /** What a read is known to have. */
    enum Extent {
        /** Entries are missing in it, or at its end. */
        LACKING,
        /** All entries of its range, as far as it can be known. */
        RANGE,
        /** The same, and it begins with the store's first entry. */
        STORE
    }

    /** @param upToAnchor whether only the entries before the page's anchor matter */
    Future<Extent> extent(LogQuery range, Scanned found, boolean upToAnchor) {
        if (!found.byEngine()) {
            return range.tail() == null
                    ? Future.succeededFuture(Extent.RANGE)
                    : endsWhereItShould(range.tail(), found.scan().trace(), upToAnchor);
        }
        if (range.tail() == null || found.cutAfter()) {
            return reachesNewest(found);
        }
        return found.wholeStore() ? hasAll(found) : Future.succeededFuture(Extent.RANGE);
    }

    /** The rest of the read was not needed: is its end as far from that of the store as its entries say? */
    private Future<Extent> endsWhereItShould(int tail, ReadTrace trace, boolean upToAnchor) {
        EntryPosition end = upToAnchor ? trace.anchor() : trace.last();
        long rest = tail - (upToAnchor ? trace.beforeAnchor() : trace.entries() - 1);
        if (!end.known() || rest < 1) {
            return Future.succeededFuture(Extent.RANGE);
        }
        // A newer entry there: the log has grown. An older one: entries are missing, or the store has fewer than the
        // tail.
        return store.first(tail((int) rest), bounds())
                .compose(first -> first == null || !first.isOlderThan(end)
                        ? Future.succeededFuture(Extent.RANGE)
                        : read(PageQuery.newest(1), tail).compose(this::counted))
                .otherwise(Extent.RANGE);
    }

    private Future<Extent> counted(Scanned read) {
        return read.wholeStore() ? hasAll(read) : Future.succeededFuture(Extent.RANGE);
    }

    /** The read has fewer entries than its tail: are these all? */
    private Future<Extent> hasAll(Scanned found) {
        ReadTrace trace = found.scan().trace();
        if (trace.entries() == 0) {
            return last().map(
                            last -> last.scan().entries() == 0 && !last.isUnreadable() ? Extent.STORE : Extent.LACKING)
                    .otherwise(Extent.RANGE);
        }
        return store.first(tail((int) trace.entries()), bounds())
                .compose(first -> first == null || trace.beginsWith(first)
                        ? Future.succeededFuture(Extent.STORE)
                        : hasGrown(found))
                .otherwise(Extent.RANGE);
    }

    /**
     * Whether entries were written after the last one of the read, which also shifts what a tail begins with. Then as many
     * entries are read again: there are fewer when some are missing.
     */
    private Future<Extent> hasGrown(Scanned found) {
        int entries = (int) found.scan().entries();
        return last().map(last -> last.scan().trace())
                .compose(newest -> !newest.endsAfter(found.scan().trace())
                        ? Future.succeededFuture(Extent.LACKING)
                        : store.beginning(tail(entries), entries, bounds())
                                .compose(again -> again.entries() < entries
                                        ? Future.succeededFuture(Extent.LACKING)
                                        : reaches(newest.end(), found)));
    }

    /**
     * Whether a read begins with the store's first entry: then a tail that is far larger does, too.
     *
     * @param tail of the read
     */
    Future<Boolean> beginsWithStore(int tail, ReadTrace read) {
        int larger = (int) Math.min(Integer.MAX_VALUE, (long) tail * FACTOR);
        return store.first(tail(larger), bounds()).map(first -> first != null && read.beginsOnlyWith(first));
    }

    private Future<Extent> reachesNewest(Scanned found) {
        return last().compose(last -> last.isUnreadable()
                        ? Future.succeededFuture(Extent.LACKING)
                        : reaches(last.scan().trace().end(), found))
                .otherwise(Extent.RANGE);
    }

    /** @param newest time of the newest stored entry; null when there is none */
    private Future<Extent> reaches(Instant newest, Scanned found) {
        ReadTrace trace = found.scan().trace();
        if (newest == null) {
            return Future.succeededFuture(trace.entries() == 0 ? Extent.RANGE : Extent.LACKING);
        }
        if (!trace.endsBefore(newest)) {
            return Future.succeededFuture(Extent.RANGE);
        }
        Cursor last = trace.latest(store.containerId());
        return last == null ? Future.succeededFuture(Extent.LACKING) : precedes(last, FIRST, false);
    }

    /**
     * Whether the newest entries follow this one: then they were written later.
     *
     * @param exact whether the tail is as large as the store is said to be
     */
    private Future<Extent> precedes(Cursor last, int tail, boolean exact) {
        return read(PageQuery.locate(last), tail).compose(found -> {
            int entries = (int) found.scan().entries();
            boolean reached = !found.scan().missedCursor();
            if (found.report() != null) {
                return Future.succeededFuture(Extent.LACKING);
            }
            if (entries < tail && !exact && entries > 0) {
                return precedes(last, entries, true);
            }
            return reached || entries < tail || tail >= LAST
                    ? Future.succeededFuture(reached && entries >= tail ? Extent.RANGE : Extent.LACKING)
                    : precedes(last, tail * FACTOR, exact);
        });
    }

    /** Without repetitions: a report is in the result. */
    Future<Scanned> attempt(PageQuery query, int tail) {
        return store.attempt(query, tail(tail), bounds());
    }

    Future<Scanned> read(PageQuery query, int tail) {
        return store.read(query, tail(tail), bounds());
    }

    LogQuery tail(int entries) {
        return LogQuery.newest(entries, terminal);
    }

    StoreRead.Bounds bounds() {
        return new StoreRead.Bounds(Long.MAX_VALUE, deadline.left());
    }
}
