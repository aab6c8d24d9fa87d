package io.dockrelay.controller.engine;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the engine's times and ids. Pure. */
public final class EngineValues {

    private static final int SHORT_ID = 12;

    private static final Pattern IMAGE_ID = Pattern.compile("(?:sha256:)?([0-9a-f]{12})[0-9a-f]{52}");

    /** Earlier times mean "never": Docker writes the year 1, Podman has been seen to write 1 January 1970. */
    private static final Instant FIRST_TIME = Instant.parse("1970-01-02T00:00:00Z");

    private EngineValues() {}

    /** The first 12 digits, which the protocol calls the id. */
    public static String shortId(String id) {
        return id.length() <= SHORT_ID ? id : id.substring(0, SHORT_ID);
    }

    /** The first 12 of an image id's 64 hex digits; null if the text is no such id. */
    public static String shortImageId(String text) {
        Matcher matcher = IMAGE_ID.matcher(text == null ? "" : text);
        return matcher.matches() ? matcher.group(1) : null;
    }

    /** Null for "never", for null and for text that is no time. */
    public static Instant time(String text) {
        try {
            Instant time = text == null ? null : OffsetDateTime.parse(text).toInstant();
            return time == null || time.isBefore(FIRST_TIME) ? null : time;
        } catch (DateTimeException notATime) {
            return null;
        }
    }
}
