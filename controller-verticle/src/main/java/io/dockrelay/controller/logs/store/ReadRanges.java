package io.dockrelay.controller.logs.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import io.dockrelay.docker.LogQuery;
import io.dockrelay.protocol.logs.ReadLogs.Anchor;

/**
 * How far back a page is read: first from the end of the store by growing tails, which cost the engine as much as they
 * return; then by time, for which the engine decodes its whole file. Pure.
 */
final class ReadRanges {

    private static final int FIRST = 64;
    private static final int FACTOR = 8;

    /** A reader that continues after an entry is usually near the end: the tails start small and grow in smaller steps. */
    private static final int FACTOR_AFTER = 4;

    private static final int LAST = 262_144;

    /** A read by time misses a line whose clock was set back, so an entry is searched by tails up to this size. */
    private static final int LAST_AFTER = 1_048_576;

    /** The most that stdout and stderr are out of order; {@code until} ends the engine's read at the first later entry. */
    private static final Duration SLACK = Duration.ofSeconds(2);

    private ReadRanges() {}

    /** The reads to try in order, until one reaches far enough. */
    static List<LogQuery> of(PageQuery query, boolean terminal) {
        boolean afterEntry = query.anchor() == Anchor.AFTER && query.cursor() != null;
        int wanted = afterEntry ? FIRST : query.before() + query.after() + FIRST;
        int factor = afterEntry ? FACTOR_AFTER : FACTOR;
        int last = afterEntry ? LAST_AFTER : LAST;
        Stream<LogQuery> tails = Stream.iterate(wanted, tail -> tail <= last, tail -> tail * factor)
                .map(tail -> LogQuery.newest(tail, terminal));
        return Stream.concat(tails, Stream.of(byTime(query, terminal))).toList();
    }

    private static LogQuery byTime(PageQuery query, boolean terminal) {
        Instant since = query.since();
        if (query.anchor() == Anchor.AFTER && query.anchorTime() != null) {
            Instant from = query.anchorTime().minus(SLACK);
            since = since == null || from.isAfter(since) ? from : since;
        }
        Instant until = query.until() == null ? null : query.until().plus(SLACK);
        if (query.after() == 0 && query.before() > 0 && query.anchorTime() != null) {
            Instant to = query.anchorTime().plus(SLACK);
            until = until == null || to.isBefore(until) ? to : until;
        }
        return new LogQuery(false, null, text(since), text(until), terminal);
    }

    private static String text(Instant time) {
        return time == null ? null : "%d.%09d".formatted(time.getEpochSecond(), time.getNano());
    }
}
