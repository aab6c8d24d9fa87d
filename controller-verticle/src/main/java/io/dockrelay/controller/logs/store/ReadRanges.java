package io.dockrelay.controller.logs.store;

import java.time.Instant;

import io.dockrelay.docker.LogQuery;
import io.dockrelay.protocol.logs.ReadLogs.Anchor;

/**
 * How far back a page is read: first from the end of the store by growing tails, which cost the engine as much as they
 * return; a page that these do not reach is searched ({@link TailSearch}); the last read is by time, for which the engine
 * decodes its whole file. A tail is a number of entries of unknown length, at most 16 KiB each: the first one is small, and
 * once the page's lines are reached, a larger one grows only by what the page still holds, judged by the length of the
 * entries that were read. Pure.
 */
final class ReadRanges {

    /** Entries of a tail besides the lines that are wanted. */
    private static final int MARGIN = 64;

    /** The first tail of a large page: 8 MiB of the longest entries. */
    private static final int FIRST = 512;

    private static final int FACTOR = 8;

    /** A reader that continues after an entry is usually near the end: the tails start small and grow in smaller steps. */
    private static final int FACTOR_AFTER = 4;

    private static final int LAST = 262_144;

    /** A page that is further from the end of the store than this is searched. */
    private static final int SHALLOW = 8_192;

    /** The entry of a reader that has missed a flood is nearer to the end than its time says. */
    private static final int SHALLOW_AFTER = 65_536;

    /** A read by time misses a line whose clock was set back, so an entry is searched by tails up to this size. */
    private static final int LAST_AFTER = 1_048_576;

    private final PageQuery query;
    private final boolean terminal;
    private final boolean afterEntry;
    private final int wanted;

    ReadRanges(PageQuery query, boolean terminal) {
        this.query = query;
        this.terminal = terminal;
        afterEntry = query.anchor() == Anchor.AFTER && query.cursor() != null;
        wanted = afterEntry ? MARGIN : query.before() + query.after() + MARGIN;
    }

    LogQuery first() {
        return LogQuery.newest(Math.min(wanted, FIRST), terminal);
    }

    /** The range after a tail that did not reach far enough. */
    LogQuery larger(LogQuery range, Scanned found) {
        long tail = range.tail();
        long larger = tail < wanted ? wanted : tail * (afterEntry ? FACTOR_AFTER : FACTOR);
        boolean linesLack = found.scan().linesReached() && !found.scan().lacksOnlyBeginnings();
        long next = linesLack ? Math.min(larger, fitting(tail, found.bytes())) : larger;
        return next > (afterEntry ? LAST_AFTER : LAST) ? byTime() : LogQuery.newest((int) next, terminal);
    }

    /** Whether the range costs so much that a search comes first. */
    boolean isDeep(LogQuery range) {
        return range.tail() == null || range.tail() > (afterEntry ? SHALLOW_AFTER : SHALLOW);
    }

    /** The range for a page at this depth, in place of a larger tail. */
    LogQuery at(TailSearch.Depth depth, LogQuery larger) {
        return switch (depth) {
            case TailSearch.Within(int entries) -> LogQuery.newest(entries + wanted, terminal);
            // From the start, the engine leaves out no line whose clock was set back.
            case TailSearch.NearStart near -> afterEntry ? LogQuery.stored(terminal) : byTime();
            // By its time an entry is not in the store; its clock may have been wrong.
            case TailSearch.BeforeStart before -> query.cursor() == null ? byTime() : larger;
            case TailSearch.Unknown unknown -> larger;
        };
    }

    /** A little more than a page holds, if the older entries are as long as these. */
    private long fitting(long tail, long bytes) {
        long page = query.maxBytes() * 3L / 2;
        return Math.max(2 * tail, tail * page / Math.max(1, bytes));
    }

    LogQuery byTime() {
        Instant since = query.since();
        if (query.anchor() == Anchor.AFTER && query.anchorTime() != null) {
            Instant from = query.anchorTime().minus(TailSearch.SLACK);
            since = since == null || from.isAfter(since) ? from : since;
        }
        Instant until = query.until() == null ? null : query.until().plus(TailSearch.SLACK);
        if (query.after() == 0 && query.before() > 0 && query.anchorTime() != null) {
            Instant to = query.anchorTime().plus(TailSearch.SLACK);
            until = until == null || to.isBefore(until) ? to : until;
        }
        return new LogQuery(false, null, EngineTime.text(since), EngineTime.text(until), terminal);
    }
}
