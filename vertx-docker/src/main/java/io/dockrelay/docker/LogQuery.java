package io.dockrelay.docker;

/**
 * Which part of a container's log to read. Timestamps, stdout and stderr are always included.
 *
 * @param follow whether the stream stays open for new lines; it ends by itself when the container stops
 * @param tail how many entries from the end (chunks of 16 KiB count, not lines); null for everything. The engine
 *     applies it before {@code until}
 * @param since inclusive lower end as {@code seconds.nanoseconds}, or null. The engine answers an RFC 3339 text with
 *     500
 * @param until upper end in the same form, or null
 * @param tty whether the container has a terminal ({@code Config.Tty} of its inspection): its log is then raw bytes of
 *     one stream. Engines below API 1.42 do not report it in the response
 */
public record LogQuery(boolean follow, Integer tail, String since, String until, boolean tty) {

    public LogQuery {
        if (tail != null && tail < 0) {
            throw new IllegalArgumentException(
                    "tail is " + tail + ", which the engine reads as \"everything\"; use null to read everything");
        }
    }

    /** All entries in the store, oldest first; ends after them. */
    public static LogQuery stored(boolean tty) {
        return new LogQuery(false, null, null, null, tty);
    }

    /** The newest entries in the store, oldest first; ends after them. */
    public static LogQuery newest(int entries, boolean tty) {
        return new LogQuery(false, entries, null, null, tty);
    }

    /** The newest entries in the store, then whatever is written, until the container stops. */
    public static LogQuery following(int entries, boolean tty) {
        return new LogQuery(true, entries, null, null, tty);
    }
}
