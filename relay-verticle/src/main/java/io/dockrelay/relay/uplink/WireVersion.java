package io.dockrelay.relay.uplink;

import java.util.List;

import io.dockrelay.protocol.logs.Cursor;
import io.dockrelay.protocol.logs.LineBlock;
import io.dockrelay.protocol.logs.LogSlice;
import io.dockrelay.protocol.logs.TailFrom;
import io.dockrelay.protocol.wire.ClientMessage;
import io.dockrelay.protocol.wire.ClientMessage.SubscribeLogs;
import io.dockrelay.protocol.wire.ClientMessage.UnsubscribeLogs;
import io.dockrelay.protocol.wire.LogFrame;

/**
 * The version of a controller's wire protocol. Version 1 has neither {@code sub} nor cursors: there the timestamp of a line,
 * with a prefix, is used as its cursor. That is as exact as version 1 allows.
 */
enum WireVersion {
    CURRENT {
        @Override
        SubscribeLogs subscribe(String sub, String container, TailFrom from, boolean waiting) {
            return switch (from) {
                case TailFrom.Lines(int count) -> new SubscribeLogs(container, count, null, sub, waiting);
                case TailFrom.After(String cursor)
                when cursor.startsWith(Cursor.V1_PREFIX) ->
                    new SubscribeLogs(container, V1_OVERLAP, null, sub, waiting);
                case TailFrom.After(String cursor) ->
                    new SubscribeLogs(container, ClientMessage.DEFAULT_LINES, cursor, sub, waiting);
            };
        }

        @Override
        UnsubscribeLogs unsubscribe(String sub, String container) {
            return new UnsubscribeLogs(container, sub);
        }

        @Override
        String cursor(LogFrame frame) {
            return frame.cursor();
        }
    },
    V1 {
        @Override
        SubscribeLogs subscribe(String sub, String container, TailFrom from, boolean waiting) {
            int lines = switch (from) {
                // The last line gives the position; it is not delivered when none was requested.
                case TailFrom.Lines(int count) -> Math.max(1, count);
                case TailFrom.After(String cursor) -> V1_OVERLAP;
            };
            return new SubscribeLogs(container, lines, null, null, false);
        }

        @Override
        UnsubscribeLogs unsubscribe(String sub, String container) {
            return new UnsubscribeLogs(container, null);
        }

        @Override
        String cursor(LogFrame frame) {
            String last = frame.lines().lastTimestamp();
            return last == null ? null : Cursor.V1_PREFIX + last;
        }
    };

    /** Newest lines among which the last known one is searched, because there is no cursor to continue from. */
    static final int V1_OVERLAP = 1_000;

    /** The version of a controller, by the {@code protocol} of its first message. */
    static WireVersion of(Integer protocol) {
        return protocol == null ? V1 : CURRENT;
    }

    abstract SubscribeLogs subscribe(String sub, String container, TailFrom from, boolean waiting);

    abstract UnsubscribeLogs unsubscribe(String sub, String container);

    /** The position after a frame; null when it holds none. */
    abstract String cursor(LogFrame frame);

    /** The lines of a frame with the positions that this version has. */
    LogSlice slice(LogFrame frame) {
        return new LogSlice(frame.lines(), frame.first(), cursor(frame));
    }

    /** The position after these lines of a version 1 controller; null when there are none. */
    static String v1Cursor(LineBlock lines) {
        return lines.isEmpty() ? null : Cursor.V1_PREFIX + lines.lastTimestamp();
    }

    /**
     * Index after the line that a position names, by its time.
     *
     * @return -1 when no line is as old
     */
    static int endOf(String cursor, LineBlock lines) {
        String timestamp = timeOf(cursor);
        for (int i = lines.count(); i > 0; i--) {
            if (timestamp != null && lines.timestamp(i - 1).compareTo(timestamp) <= 0) {
                return i;
            }
        }
        return -1;
    }

    /** Index of the line that a position names, or of the first line after it, by its time. */
    static int startOf(String cursor, LineBlock lines) {
        String timestamp = timeOf(cursor);
        int at = 0;
        while (at < lines.count() && (timestamp == null || lines.timestamp(at).compareTo(timestamp) < 0)) {
            at++;
        }
        return at;
    }

    /**
     * The nine-digit timestamp of a position, which may be one itself; null when it is neither. A position of the current
     * version is looked into only here, where nothing but its time is of use.
     */
    private static String timeOf(String position) {
        if (position.startsWith(Cursor.V1_PREFIX)) {
            return position.substring(Cursor.V1_PREFIX.length());
        }
        boolean time = position.length() == LineBlock.TIMESTAMP_LENGTH && position.endsWith("Z");
        return time ? position : Cursor.tryDecode(position).map(Cursor::time).orElse(null);
    }

    /** The features of a controller; empty when it names none. */
    static List<String> features(List<String> named) {
        return named == null ? List.of() : named;
    }
}
