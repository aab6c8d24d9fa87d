package io.dockrelay.protocol.logs;

/**
 * Asks for one bounded page of a container's stored log, oldest line first.
 *
 * @param container name, full name or id
 * @param anchor how {@code position} bounds the page
 * @param position an encoded cursor or a nine-digit timestamp; null with {@link Anchor#NEWEST}
 * @param since only lines after this nine-digit timestamp; null for no bound
 * @param until only lines before this nine-digit timestamp; null for no bound
 * @param limit lines at most, 1 or more; 0 only asks for the position
 * @param end only with {@link Anchor#AFTER}: only lines before this position, a cursor or a nine-digit timestamp; null
 *     for no bound
 */
public record ReadLogs(
        String container, Anchor anchor, String position, String since, String until, int limit, String end) {

    /** Without an end. */
    public ReadLogs(String container, Anchor anchor, String position, String since, String until, int limit) {
        this(container, anchor, position, since, until, limit, null);
    }

    /** The newest lines. */
    public static ReadLogs newest(String container, int limit) {
        return new ReadLogs(container, Anchor.NEWEST, null, null, null, limit);
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
        /** Half of the lines before the position, it, and the rest behind it. */
        AROUND
    }
}
