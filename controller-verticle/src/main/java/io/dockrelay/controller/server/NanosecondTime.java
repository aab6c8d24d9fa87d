package io.dockrelay.controller.server;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as log lines carry them: RFC 3339 in UTC with nine fractional digits. Pure. */
final class NanosecondTime {

    private static final DateTimeFormatter NINE_DIGITS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);

    private NanosecondTime() {}

    static String format(Instant time) {
        return NINE_DIGITS.format(time);
    }
}
