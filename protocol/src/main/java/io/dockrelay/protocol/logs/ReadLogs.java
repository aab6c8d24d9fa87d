package io.dockrelay.protocol.logs;

/**
 * Asks for one bounded page of a container's stored log, oldest line first.
 *
 * @param container name, full name or id
 * @param anchor how {@code position} bounds the page
 * @param position an encoded cursor or a nine-digit timestamp; null with {@link Anchor#NEWEST}
 * @param since only lines after this nine-digit timestamp; null for no bound
 * @param until only lines before this nine-digit timestamp; null for no bound
 * @param limit lines at most, 1 or more; 0 requests only the position
 * @param end only with {@link Anchor#AFTER}: only lines before this position, a cursor or a nine-digit timestamp; null
 *     for no bound
 * @param through only with {@link Anchor#AFTER}, and not with an end: the page ends with the line at this cursor, if the
 *     store has that line after {@code position}, and has no bound otherwise; null for no bound. Only on the bus: the REST
 *     query of the protocol has no inclusive end
 */
public record ReadLogs(
        String container,
        Anchor anchor,
        String position,
        String since,
        String until,
        int limit,
        String end,
        String through) {

    /** With an exclusive end. */
    public ReadLogs(
            String container, Anchor anchor, String position, String since, String until, int limit, String end) {
        this(container, anchor, position, since, until, limit, end, null);
    }

    /** Without an end. */
    public ReadLogs(String container, Anchor anchor, String position, String since, String until, int limit) {
        this(container, anchor, position, since, until, limit, null, null);
    }

    /** The oldest lines after one cursor, up to and with another one. */
    public static ReadLogs between(String container, String after, String through, int limit) {
        return new ReadLogs(container, Anchor.AFTER, after, null, null, limit, null, through);
    }

    /** The newest lines. */
    public static ReadLogs newest(String container, int limit) {
        return new ReadLogs(container, Anchor.NEWEST, null, null, null, limit);
    }

    /** The same of a container by another of its names. */
    public ReadLogs of(String other) {
        return new ReadLogs(other, anchor, position, since, until, limit, end, through);
    }

    /** Whether lines that are written now may belong to the page. */
    public boolean reachesPresent() {
        return switch (anchor) {
            case NEWEST, AROUND -> true;
            case AFTER -> end == null && through == null;
            case THROUGH, BEFORE -> false;
        };
    }

    /** How a position bounds a page. */
    public enum Anchor {
        /** The newest lines there are. */
        NEWEST,
        /** The newest lines up to and with the position. */
        THROUGH,
        /** The newest lines before the position. */
        BEFORE,
        /** The oldest lines after the position. */
        AFTER,
        /** Half of the lines before the position, its own line, and the rest after it. */
        AROUND
    }
}
