package io.dockrelay.controller.logs.entries;

import java.time.Instant;
import java.util.Arrays;

/**
 * The timestamp before each entry of the engine, normalised to 30 characters (nine digits, {@code Z}) and a space. Reused
 * from entry to entry, so that nothing is allocated per line.
 */
public final class DockerTimestamp {

    /** Bytes of {@code 2025-11-25T22:52:30.123456789Z} and the space after it. */
    public static final int LENGTH = 31;

    private static final int SECONDS_END = 19;
    private static final int FRACTION_DIGITS = 9;

    /** The normalised text with its space; overwritten by every {@link #parse}. */
    public final byte[] text = new byte[LENGTH];

    /** Seconds since 1970 of the text. */
    public long seconds;

    /** Nanoseconds of the text. */
    public int nanos;

    /**
     * Reads the timestamp at the start of {@code bytes[from, to)}.
     *
     * @return where the text of the entry starts; -1 when there is no timestamp, and then nothing is changed
     */
    int parse(byte[] bytes, int from, int to) {
        if (isOfSameSecond(bytes, from, to)) {
            return usual(bytes, from);
        }
        if (!looksLikeTime(bytes, from, to)) {
            return -1;
        }
        int at = from + SECONDS_END;
        int fraction = 0;
        int digits = 0;
        if (bytes[at] == '.') {
            at++;
            while (at < to && digits < FRACTION_DIGITS && isDigit(bytes[at])) {
                fraction = fraction * 10 + bytes[at++] - '0';
                digits++;
            }
        }
        int zone = at < to ? zoneLength(bytes, at, to) : 0;
        int after = at + zone;
        if (zone == 0 || (after < to && bytes[after] != ' ')) {
            return -1;
        }
        for (; digits < FRACTION_DIGITS; digits++) {
            fraction *= 10;
        }
        take(bytes, from, at, fraction, zone);
        return Math.min(after + 1, to);
    }

    void copyFrom(DockerTimestamp other) {
        System.arraycopy(other.text, 0, text, 0, LENGTH);
        seconds = other.seconds;
        nanos = other.nanos;
    }

    /**
     * Whether the usual form (nine digits, {@code Z}, a space) is there and only the fraction differs from the last text, as
     * in nearly all lines of a busy log.
     */
    private boolean isOfSameSecond(byte[] bytes, int from, int to) {
        if (to - from < LENGTH
                || bytes[from + LENGTH - 1] != ' '
                || bytes[from + LENGTH - 2] != 'Z'
                || bytes[from + SECONDS_END] != '.'
                || !Arrays.equals(bytes, from, from + SECONDS_END, text, 0, SECONDS_END)) {
            return false;
        }
        for (int at = from + SECONDS_END + 1; at < from + LENGTH - 2; at++) {
            if (!isDigit(bytes[at])) {
                return false;
            }
        }
        return true;
    }

    private int usual(byte[] bytes, int from) {
        nanos = number(bytes, from + SECONDS_END + 1, FRACTION_DIGITS);
        System.arraycopy(bytes, from + SECONDS_END + 1, text, SECONDS_END + 1, FRACTION_DIGITS);
        return from + LENGTH;
    }

    private void take(byte[] bytes, int from, int zoneAt, int fraction, int zone) {
        seconds = epochSeconds(bytes, from) - (zone == 1 ? 0 : offsetSeconds(bytes, zoneAt));
        nanos = fraction;
        if (zone == 1) {
            System.arraycopy(bytes, from, text, 0, SECONDS_END);
        } else {
            byte[] utc = Instant.ofEpochSecond(seconds).toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            System.arraycopy(utc, 0, text, 0, SECONDS_END);
        }
        text[SECONDS_END] = '.';
        int rest = fraction;
        for (int at = SECONDS_END + FRACTION_DIGITS; at > SECONDS_END; at--) {
            text[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        text[LENGTH - 2] = 'Z';
        text[LENGTH - 1] = ' ';
    }

    private static boolean looksLikeTime(byte[] bytes, int from, int to) {
        if (to - from <= SECONDS_END) {
            return false;
        }
        for (int i = 0; i < SECONDS_END; i++) {
            byte next = bytes[from + i];
            boolean right = switch (i) {
                case 4, 7 -> next == '-';
                case 10 -> next == 'T';
                case 13, 16 -> next == ':';
                default -> isDigit(next);
            };
            if (!right) {
                return false;
            }
        }
        int month = number(bytes, from + 5, 2);
        return month >= 1 && month <= 12;
    }

    /** 1 for {@code Z}, 6 for {@code +01:00}, 0 for anything else. */
    private static int zoneLength(byte[] bytes, int at, int to) {
        if (bytes[at] == 'Z') {
            return 1;
        }
        boolean offset = (bytes[at] == '+' || bytes[at] == '-')
                && to - at >= 6
                && isDigit(bytes[at + 1])
                && isDigit(bytes[at + 2])
                && bytes[at + 3] == ':'
                && isDigit(bytes[at + 4])
                && isDigit(bytes[at + 5]);
        return offset ? 6 : 0;
    }

    private static int offsetSeconds(byte[] bytes, int at) {
        int size = number(bytes, at + 1, 2) * 3600 + number(bytes, at + 4, 2) * 60;
        return bytes[at] == '-' ? -size : size;
    }

    /** Days are counted from 1 March of year 0, so that the leap day is the last of its year. */
    private static long epochSeconds(byte[] bytes, int from) {
        int month = number(bytes, from + 5, 2);
        int year = number(bytes, from, 4) - (month <= 2 ? 1 : 0);
        int monthFromMarch = (month + 9) % 12;
        long days = 365L * year
                + Math.floorDiv(year, 4)
                - Math.floorDiv(year, 100)
                + Math.floorDiv(year, 400)
                + (153L * monthFromMarch + 2) / 5
                + number(bytes, from + 8, 2)
                - 1
                - 719_468;
        return days * 86_400
                + number(bytes, from + 11, 2) * 3600L
                + number(bytes, from + 14, 2) * 60L
                + number(bytes, from + 17, 2);
    }

    private static int number(byte[] bytes, int from, int digits) {
        int value = 0;
        for (int i = 0; i < digits; i++) {
            value = value * 10 + bytes[from + i] - '0';
        }
        return value;
    }

    private static boolean isDigit(byte value) {
        return value >= '0' && value <= '9';
    }
}
