package io.dockrelay.controller.logs.store;

import java.time.Instant;

import io.vertx.core.Future;

import io.dockrelay.controller.logs.store.DamageCheck.Extent;
import io.dockrelay.controller.logs.store.Scanned.Damage;
import io.dockrelay.docker.LogQuery;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;

/**
 * The reads for one page: from further back each time, until the page is complete or the store starts there. The engine's
 * work for a page is bounded, so that no log stops the reads of the others: when what was read is enough, or more cannot be
 * had in time, the page has fewer lines, and its reader continues before them. Made for one page, on the caller's context.
 */
final class PageScan {

    /** When the engine has sent this much, a page with lines is not extended. */
    private static final long ENOUGH_BYTES = 16L << 20;

    /** For a page without lines, whose position is searched. */
    private static final long MAX_BYTES = 1L << 30;

    private final RangeRead store;
    private final PageQuery query;
    private final ReadRanges ranges;
    private final ReadDeadline deadline;
    private final DamageCheck check;
    private final TailSearch search;

    private int reads;
    private long bytes;

    /** The last read that found lines of the page; null when there is none. */
    private Scanned partial;

    PageScan(RangeRead store, PageQuery query, boolean terminal, ReadDeadline deadline) {
        this.store = store;
        this.query = query;
        this.deadline = deadline;
        ranges = new ReadRanges(query, terminal);
        check = new DamageCheck(store, terminal, deadline);
        search = new TailSearch(store, terminal, query.cursor() != null, deadline);
    }

    Future<Scanned> run() {
        return read(ranges.first());
    }

    private Future<Scanned> read(LogQuery range) {
        reads++;
        var bounds = new StoreRead.Bounds(partial == null ? MAX_BYTES : ENOUGH_BYTES, deadline.left());
        return store.read(query, range, bounds).compose(found -> took(range, found), this::failed);
    }

    /**
     * The engine may end a read of the newest entries early, even at once, while the log rotates. So a larger read has to
     * confirm an empty one, and the last read, which is by time, that the store does not have the cursor.
     */
    private Future<Scanned> took(LogQuery range, Scanned found) {
        bytes += found.bytes();
        if (found.report() != null) {
            return damaged(range, found);
        }
        boolean emptyAtFirst = reads == 1 && found.scan().entries() == 0;
        boolean whole = found.wholeStore() && !emptyAtFirst;
        if (range.tail() == null || whole || found.scan().reachedFarEnough()) {
            return extent(range, found)
                    .compose(extent -> extent == Extent.LACKING ? damaged(range, found) : complete(range, found));
        }
        partial = found.scan().holdsNewestLines() ? found : partial;
        if (partial != null && bytes >= ENOUGH_BYTES) {
            return Future.succeededFuture(partial.onlyCertain());
        }
        if (found.isOvertaken(range.tail())) {
            return check.beginsWithStore(range.tail(), found.scan().trace())
                    .compose(
                            begins -> begins ? complete(range, found.ofWholeStore()) : further(range, found),
                            this::failed);
        }
        return found.byEngine() || !found.scan().linesReached()
                ? further(range, found)
                : extent(range, found).compose(extent -> switch (extent) {
                    case LACKING -> damaged(range, found);
                    case RANGE -> further(range, found);
                    case STORE -> Future.succeededFuture(found.ofWholeStore());
                });
    }

    /** A page deep in a large store is searched by its time. */
    private Future<Scanned> further(LogQuery range, Scanned found) {
        LogQuery larger = ranges.larger(range, found);
        Instant begin = found.scan().trace().begin();
        Instant moment = query.moment();
        if (!ranges.isDeep(larger) || begin == null || moment == null || !moment.isBefore(begin)) {
            return read(larger);
        }
        var newest = new TailSearch.Probe(1, found.scan().trace().end());
        var read = new TailSearch.Probe(range.tail(), begin);
        return search.reaching(moment, newest, read).compose(depth -> read(ranges.at(depth, larger)), this::failed);
    }

    private Future<Extent> extent(LogQuery range, Scanned found) {
        return check.extent(range, found, query.before() > 0);
    }

    /** A read that lacks entries has not begun with the store's first one: its number of entries does not show that. */
    private Future<Scanned> damaged(LogQuery range, Scanned found) {
        boolean located = query.before() + query.after() == 0 && !found.scan().missedCursor();
        if (located) {
            return Future.succeededFuture(found.damaged(Damage.AFTER));
        }
        Instant anchor = query.anchorTime();
        Instant begin = found.scan().trace().begin();
        boolean furtherBack = anchor != null && (begin == null || !begin.isBefore(anchor));
        return range.tail() != null && furtherBack
                ? read(ranges.larger(range, found))
                : new DamageSearch(check, query, range).page();
    }

    private Future<Scanned> complete(LogQuery range, Scanned found) {
        return range.tail() != null && found.scan().missedCursor()
                ? read(ranges.byTime())
                : Future.succeededFuture(found);
    }

    private Future<Scanned> failed(Throwable failure) {
        return partial != null && Refusal.is(RefusalKind.TIMED_OUT, failure)
                ? Future.succeededFuture(partial.onlyCertain())
                : Future.failedFuture(failure);
    }
}
