package io.dockrelay.protocol.search;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import io.dockrelay.protocol.logs.Cursor;
import io.dockrelay.protocol.wire.LogQueries;

/**
 * A position in one log, which is also one among the lines of other logs: by its time. As text it is a cursor, a time, or
 * both with a tilde between them.
 *
 * @param time a nine-digit timestamp: where it is in other logs; null for the time of the cursor
 * @param cursor null for a moment that is not a line
 */
public record SearchPosition(String time, String cursor) {

    private static final Pattern CURSOR = Pattern.compile("[A-Za-z0-9_-]{1,512}");

    /**
     * The position with this text.
     *
     * @param parameter the parameter's name
     * @param text null for none
     * @return null for none
     * @throws IllegalArgumentException with a sentence for the client
     */
    static SearchPosition read(String parameter, String text) {
        if (text == null) {
            return null;
        }
        SearchPosition position = of(text);
        boolean hasTime = position.time == null || LogQueries.isTime(position.time);
        boolean hasCursor =
                position.cursor == null || CURSOR.matcher(position.cursor).matches();
        if (!hasTime || !hasCursor) {
            throw new IllegalArgumentException(
                    "\"" + parameter + "\" is a cursor, an RFC 3339 time, or the \"next\" of an earlier search.");
        }
        String time = position.time == null ? null : LogQueries.time(parameter, position.time);
        return new SearchPosition(time, position.cursor);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static SearchPosition of(String text) {
        int tilde = text.indexOf('~');
        if (tilde >= 0) {
            return new SearchPosition(text.substring(0, tilde), text.substring(tilde + 1));
        }
        return LogQueries.isTime(text) ? new SearchPosition(text, null) : new SearchPosition(null, text);
    }

    @JsonValue
    public String text() {
        return cursor == null ? time : time == null ? cursor : time + "~" + cursor;
    }

    /**
     * The entry of the cursor; null for a moment.
     *
     * @throws IllegalArgumentException with a sentence for the client, when the cursor is not one of this version
     */
    public Cursor entry() {
        return cursor == null ? null : Cursor.decode(cursor);
    }

    /**
     * Its time.
     *
     * @throws IllegalArgumentException with a sentence for the client, when there is none
     */
    public Instant instant() {
        try {
            return time == null ? Cursor.decode(cursor).timestamp() : Instant.parse(time);
        } catch (DateTimeException notATime) {
            throw new IllegalArgumentException("\"" + time + "\" is not a time", notATime);
        }
    }
}
