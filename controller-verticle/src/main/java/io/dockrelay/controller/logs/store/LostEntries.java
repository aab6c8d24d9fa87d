package io.dockrelay.controller.logs.store;

import java.time.Duration;
import java.time.Instant;

import io.vertx.core.Future;

import io.dockrelay.controller.logs.entries.EntryPosition;
import io.dockrelay.controller.logs.entries.EntryReader;
import io.dockrelay.docker.LogQuery;

/**
 * Finds what to request from the engine after it has reported that it cannot read the log any further. From 23.0 on, the
 * report overtakes entries that the engine has read before it, up to 4,096, and these are lost. A stream without a report has
 * lost none, and one that a time ends before the damage has no report. So this continues with tails that begin with the last
 * entry that has arrived, up to a time that is searched by halves: with a report it was too late. The last entries are read
 * without such a time, until there is no report. For one read; on its context.
 */
public final class LostEntries {

    /** Of the last entries. On a busy engine, a quarter of these reads has one more entry, or no report. */
    private static final int MAX_LAST_READS = 64;

    /** Of the place of the last entries. */
    private static final int MAX_CHECKS = 16;

    /** Of a beginning that was lost. */
    private static final int MAX_EMPTY = 16;

    private static final int MAX_READS = 200;

    /** The first time after the last entry; each further one is that much further away, until there is a report. */
    private static final Duration FIRST_STEP = Duration.ofMillis(1);

    private static final int FACTOR = 8;

    /** Longer than a log. */
    private static final Duration LONGEST_STEP = Duration.ofDays(36_500);

    /** Few entries are written in this time. */
    private static final Duration LAST_STEP = Duration.ofNanos(1_000);

    private final LostPlace place;
    private final EntryReader reader;

    /** The first request. */
    private final LogQuery whole;

    /** The current one. */
    private LogQuery query;

    /** Where the current one ends, if it is a part; null for the end of the log. */
    private Instant until;

    /** A time after the damage; null while none is known. */
    private Instant late;

    /** Before the damage, as far as known; null before the first part. */
    private Instant early;

    private Duration step = FIRST_STEP;

    private int reads;
    private int checks;
    private int lastReads;
    private int empty;

    /**
     * @param reader of the entries
     * @param query the first request
     */
    LostEntries(EntrySearch.Tails tails, EntryReader reader, LogQuery query) {
        this.place = new LostPlace(tails);
        this.reader = reader;
        this.whole = query;
        this.query = query;
    }

    /** Whether the current stream is only a part of what continues the read: its end is not that of the read. */
    public boolean isPart() {
        boolean missed = reads > 0 && reader.last().known() && reader.rejoinedAt() < 0;
        return until != null || missed;
    }

    /** The current stream has ended: what continues the read, for which its reader is prepared; null when nothing does. */
    public Future<LogQuery> next() {
        EntryPosition last = reader.last();
        var answer = new LostPlace.Answer(reader.received(), reader.rejoinedAt(), reader.report() != null);
        reader.rejoin();
        // A tail that begins with one of several equal entries does not show with which one.
        if (++reads > MAX_READS || (last.known() && last.ordinal > 0)) {
            return Future.succeededFuture();
        }
        if (!last.known()) {
            return Future.succeededFuture(++empty > MAX_EMPTY ? null : query);
        }
        if (until == null) {
            late = EngineTime.of(whole.until());
        } else if (answer.reported()) {
            late = until;
        } else if (answer.at() >= 0) {
            early = until;
        }
        early = early == null || early.isBefore(last.time()) ? last.time() : early;
        return place.of(last, query, answer).map(tail -> tail == 0 ? null : request(tail));
    }

    private LogQuery request(int tail) {
        until = lastReads > 0 ? null : nextTime();
        if (until == null && !place.isSure() && checks++ < MAX_CHECKS) {
            until = early;
        }
        if (until == null && ++lastReads > MAX_LAST_READS) {
            return null;
        }
        String end = until == null ? whole.until() : EngineTime.text(until);
        query = new LogQuery(false, tail, null, end, whole.tty());
        return query;
    }

    /** Null when hardly an entry can be between the times that are known, or there is no damage any more. */
    private Instant nextTime() {
        if (late == null) {
            Instant next = step.compareTo(LONGEST_STEP) > 0 ? null : early.plus(step);
            step = step.multipliedBy(FACTOR);
            return next;
        }
        Duration between = Duration.between(early, late);
        return between.compareTo(LAST_STEP) <= 0 ? null : early.plus(between.dividedBy(2));
    }
}
