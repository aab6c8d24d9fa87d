package io.dockrelay.controller.logs.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import io.dockrelay.docker.LogQuery;
import io.dockrelay.protocol.logs.ReadLogs.Anchor;

/**
 * From how far back a page is read: from the end of the store by growing tails, which cost the engine what they give,
 * and only then by time, for which it decodes its whole file.
 */
final class ReadRanges {

    private static final int FIRST = 64;
    private static final int FACTOR = 8;

    /** Who goes on behind an entry is near the end as a rule: the tails grow in smaller steps from a small one. */
    private static final int FACTOR_BEHIND = 4;

    private static final int LAST = 262_144;

    /** By time a line is missed whose clock was set back: an entry is looked for by tails as far as that goes. */
    private static final int LAST_BEHIND = 1_048_576;

    /** stdout and stderr lie this far out of order at most, and {@code until} ends the engine's read at the first. */
    private static final Duration SLACK = Duration.ofSeconds(2);

    private ReadRanges() {}

    /** The reads to try one after the other, until one reaches far enough. */
    static List<LogQuery> of(PageQuery plan, boolean terminal) {
        boolean behind = plan.anchor() == Anchor.AFTER && plan.cursor() != null;
        int wanted = behind ? FIRST : plan.before() + plan.after() + FIRST;
        int factor = behind ? FACTOR_BEHIND : FACTOR;
        int last = behind ? LAST_BEHIND : LAST;
        Stream<LogQuery> tails = Stream.iterate(wanted, tail -> tail <= last, tail -> tail * factor)
                .map(tail -> LogQuery.newest(tail, terminal));
        return Stream.concat(tails, Stream.of(byTime(plan, terminal))).toList();
    }

    private static LogQuery byTime(PageQuery plan, boolean terminal) {
        Instant since = plan.since();
        if (plan.anchor() == Anchor.AFTER && plan.anchorTime() != null) {
            Instant from = plan.anchorTime().minus(SLACK);
            since = since == null || from.isAfter(since) ? from : since;
        }
        Instant until = plan.until() == null ? null : plan.until().plus(SLACK);
        if (plan.after() == 0 && plan.before() > 0 && plan.anchorTime() != null) {
            Instant to = plan.anchorTime().plus(SLACK);
            until = until == null || to.isBefore(until) ? to : until;
        }
        return new LogQuery(false, null, text(since), text(until), terminal);
    }

    private static String text(Instant time) {
        return time == null ? null : "%d.%09d".formatted(time.getEpochSecond(), time.getNano());
    }
}
