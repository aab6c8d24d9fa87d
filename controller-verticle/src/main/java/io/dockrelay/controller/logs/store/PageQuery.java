package io.dockrelay.controller.logs.store;

import java.time.DateTimeException;
import java.time.Instant;

import io.dockrelay.controller.logs.entries.EntryPosition;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.logs.Cursor;
import io.dockrelay.protocol.logs.ReadLogs;
import io.dockrelay.protocol.logs.ReadLogs.Anchor;

/**
 * What a page holds: a number of lines on either side of an anchor, which is an entry, a moment, or the present. A moment
 * splits the store at the first line that is not older, so two pages that meet there share no line and miss none.
 *
 * @param anchor where the anchor's own line goes: THROUGH puts it before, AROUND after, the others leave it out
 * @param cursor the anchor's entry; null when the anchor is a moment, or the present
 * @param time the anchor's moment; null when the anchor is an entry, or the present
 * @param before the most lines before the anchor
 * @param after the most lines after it
 * @param since only lines later than this; null for no bound
 * @param until only lines earlier than this; null for no bound
 * @param maxBytes of the lines as JSON, per side
 * @param end the entry at which the lines after the anchor end; null for no such bound
 * @param endsAtUntil whether {@code until} is the requested end of the page, so that later lines are not more of it
 */
public record PageQuery(
        Anchor anchor,
        Cursor cursor,
        Instant time,
        int before,
        int after,
        Instant since,
        Instant until,
        int maxBytes,
        End end,
        boolean endsAtUntil) {

    /**
     * An entry that ends a page.
     *
     * @param included whether its line belongs to the page; then the page has no bound if the store does not have it after
     *     the anchor
     */
    public record End(Cursor cursor, boolean included) {}

    /** The lines of a snapshot or a page, escaped; a message of 4 MiB has room for the rest. */
    public static final int MAX_BYTES = (4096 - 32) * 1024;

    /** The newest lines. */
    public static PageQuery newest(int lines) {
        return new PageQuery(Anchor.NEWEST, null, null, Math.max(1, lines), 0, null, null, MAX_BYTES, null, false);
    }

    /** No lines: only finds the cursor's entry. */
    public static PageQuery locate(Cursor cursor) {
        return new PageQuery(Anchor.AFTER, cursor, null, 0, 0, null, null, MAX_BYTES, null, false);
    }

    /** The first lines after an entry. */
    public static PageQuery after(Cursor cursor, int lines) {
        return new PageQuery(Anchor.AFTER, cursor, null, 0, lines, null, null, MAX_BYTES, null, false);
    }

    /**
     * The query for a request.
     *
     * @throws Refusal BAD_REQUEST when a position is invalid
     */
    static PageQuery of(ReadLogs request) {
        Cursor cursor = null;
        Instant time = null;
        if (request.anchor() != Anchor.NEWEST) {
            time = timeOrNull(request.position());
            cursor = time == null ? cursor(request.position()) : null;
        }
        int limit = Math.max(1, request.limit());
        int before = switch (request.anchor()) {
            case NEWEST, THROUGH, BEFORE -> limit;
            case AFTER -> 0;
            case AROUND -> limit / 2;
        };
        int sides = request.anchor() == Anchor.AROUND ? 2 : 1;
        Instant endTime = request.anchor() == Anchor.AFTER ? timeOrNull(request.end()) : null;
        Instant until = bound("until", request.until());
        return new PageQuery(
                request.anchor(),
                cursor,
                time,
                before,
                limit - before,
                bound("since", request.since()),
                earlier(until, endTime),
                MAX_BYTES / sides,
                request.anchor() == Anchor.AFTER && endTime == null ? end(request) : null,
                isFirst(endTime, until));
    }

    /** Whether no line can be after the anchor's time and before the end's. */
    boolean isEmpty() {
        return endsAtUntil && time != null && !until.isAfter(time);
    }

    /** Whether the end seems not to follow the anchor. It may follow all the same, if a clock was set back between them. */
    boolean isInverted() {
        return end != null && !end.included && !anchorTime().isBefore(end.cursor.timestamp());
    }

    /** Whether the page ends where it begins. */
    boolean endsAtAnchor() {
        return end != null && !end.included && end.cursor.equals(cursor);
    }

    private static End end(ReadLogs request) {
        if (request.through() != null) {
            return new End(cursor(request.through()), true);
        }
        return request.end() == null ? null : new End(cursor(request.end()), false);
    }

    /** The same around the time of the cursor, for a cursor whose entry is not in the store. */
    PageQuery byTime() {
        Instant moment = cursor == null ? time : cursor.timestamp();
        return new PageQuery(anchor, null, moment, before, after, since, until, maxBytes, end, endsAtUntil)
                .endingByTime();
    }

    /** The same up to the time of the end, for an end whose entry is not in the store. */
    PageQuery endingByTime() {
        if (end == null) {
            return this;
        }
        Instant endTime = end.included ? null : end.cursor.timestamp();
        Instant bound = earlier(until, endTime);
        return new PageQuery(
                anchor, cursor, time, before, after, since, bound, maxBytes, null, isFirst(endTime, until));
    }

    /** The same with only the lines before this time, which is not a requested end. */
    PageQuery endingBefore(Instant moment) {
        boolean endsEarlier = endsAtUntil && !moment.isBefore(until);
        return new PageQuery(
                anchor, cursor, time, before, after, since, earlier(until, moment), maxBytes, end, endsEarlier);
    }

    /** Whether the anchor is in another container. */
    boolean isElsewhere(String id) {
        return cursor != null && !cursor.containerId().equals(id);
    }

    /** Whether the end is in another container. */
    boolean endsElsewhere(String id) {
        return end != null && !end.cursor.containerId().equals(id);
    }

    /** The anchor's time; null for the present. */
    Instant anchorTime() {
        return cursor == null ? time : cursor.timestamp();
    }

    /** The moment beside which the page's lines are; null for the present. */
    Instant moment() {
        Instant latest = earlier(until, anchorTime());
        return latest == null || since == null || latest.isAfter(since) ? latest : since;
    }

    /** Whether a line of this time belongs after the anchor's moment. */
    boolean isAfter(EntryPosition position) {
        int order = position.compareTime(time);
        boolean withItsOwnLine = anchor == Anchor.BEFORE || anchor == Anchor.AROUND;
        return withItsOwnLine ? order >= 0 : order > 0;
    }

    /** Whether there is this time, and no earlier bound. */
    private static boolean isFirst(Instant time, Instant bound) {
        return time != null && (bound == null || !bound.isBefore(time));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one == null || (other != null && other.isBefore(one)) ? other : one;
    }

    private static Cursor cursor(String position) {
        try {
            return Cursor.decode(String.valueOf(position));
        } catch (IllegalArgumentException e) {
            throw new Refusal(
                    RefusalKind.BAD_REQUEST,
                    "\"" + position + "\" is neither a cursor nor a timestamp such as 2025-11-25T22:52:30.123456789Z");
        }
    }

    private static Instant bound(String name, String value) {
        if (value == null) {
            return null;
        }
        Instant time = timeOrNull(value);
        if (time == null) {
            throw new Refusal(
                    RefusalKind.BAD_REQUEST,
                    name + " is \"" + value + "\"; it has to be a timestamp such as 2025-11-25T22:52:30.123456789Z");
        }
        return time;
    }

    private static Instant timeOrNull(String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
