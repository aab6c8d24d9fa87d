package io.dockrelay.protocol.wire;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * RFC 3339 times in query parameters. A plus that is not encoded as {@code %2B} arrives as a blank: a blank before an offset
 * counts as that plus, because nothing else can be meant there. Pure.
 */
public final class QueryTimes {

    /** No time is longer: a date, nine digits of a second and an offset are 35 characters. */
    private static final int LONGEST = 64;

    private static final int OFFSET = "+01:00".length();

    private QueryTimes() {}

    /**
     * The value of a parameter; null for null.
     *
     * @throws IllegalArgumentException with a sentence for the caller
     */
    public static Instant read(String name, String value) {
        Instant time = value == null ? null : parse(value);
        if (value != null && time == null) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" is an RFC 3339 time such as 2025-11-25T22:52:30.123456789Z.");
        }
        return time;
    }

    /** Null when it is no RFC 3339 time. */
    public static Instant parse(String value) {
        if (value.length() > LONGEST) {
            return null;
        }
        int sign = value.length() - OFFSET;
        boolean blankForPlus = sign > 0 && value.charAt(sign) == ' ';
        String encoded = blankForPlus ? value.substring(0, sign) + '+' + value.substring(sign + 1) : value;
        try {
            return OffsetDateTime.parse(encoded).toInstant();
        } catch (DateTimeException notATime) {
            return null;
        }
    }
}
