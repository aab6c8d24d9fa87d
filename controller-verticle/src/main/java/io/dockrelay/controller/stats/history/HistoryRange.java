package io.dockrelay.controller.stats.history;

import java.time.Duration;
import java.time.Instant;

import io.dockrelay.protocol.stats.AskLoadHistory;

/**
 * The steps of an answer. Pure.
 *
 * @param since the beginning of the first step, in milliseconds since the epoch; a multiple of the step
 * @param stepMs a multiple of the tier's slot
 * @param count of the steps; the last one may not be over yet
 * @param fine whether the fine tier has the answer
 */
record HistoryRange(long since, int stepMs, int count, boolean fine) {

    /** Slots of the coarse tier. */
    static final int COARSE_MS = 60_000;

    /** At least 24 h of them, besides the page that is being filled. */
    static final int COARSE_PAGES = 25;

    /** At the default step of 10 s, 70 minutes besides the page that is being filled. */
    static final int FINE_PAGES = 8;

    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long DAY = Duration.ofHours(24).toMillis();

    /** A day at one point per minute, and some more. */
    private static final int MOST = 1_500;

    /** @param fineMs length of a slot of the fine tier */
    static HistoryRange of(AskLoadHistory question, Instant now, int fineMs) {
        long end = now.toEpochMilli();
        long until = question.until() == null ? end : millis(question.until(), now);
        long wanted = question.since() == null ? until - HOUR : millis(question.since(), now);
        long since = Math.clamp(wanted, Math.max(0, until - DAY), until);
        int asked = question.stepMs() == null ? fineMs : question.stepMs();
        boolean fine = asked < COARSE_MS && since / fineMs >= SlotRing.oldestAt(end / fineMs, FINE_PAGES);
        int slot = fine ? fineMs : COARSE_MS;
        int slots = Math.max(Math.ceilDiv(asked, slot), (int) Math.ceilDiv(until - since, (long) MOST * slot));
        int step = slots * slot;
        long first = since - since % step;
        return new HistoryRange(first, step, (int) Math.ceilDiv(until - first, (long) step), fine);
    }

    /** The last hour, a point per minute. */
    static HistoryRange lastHour(Instant now, int fineMs) {
        return of(new AskLoadHistory(null, null, null, COARSE_MS), now, fineMs);
    }

    /** A time that any clock may have given, within those that have slots. */
    private static long millis(Instant time, Instant now) {
        if (time.isBefore(Instant.EPOCH)) {
            return 0;
        }
        return (time.isAfter(now) ? now : time).toEpochMilli();
    }

    Instant begins() {
        return Instant.ofEpochMilli(since);
    }
}
