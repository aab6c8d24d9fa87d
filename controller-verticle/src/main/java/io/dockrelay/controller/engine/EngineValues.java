package io.dockrelay.controller.engine;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Reads the engine's times and ids. Pure. */
public final class EngineValues {

    private static final int SHORT_ID = 12;

    /** Earlier times mean "never": Docker writes the year 1, Podman has been seen to write 1 January 1970. */
    private static final Instant FIRST_TIME = Instant.parse("1970-01-02T00:00:00Z");

    private EngineValues() {}

    /** The first 12 digits, which the protocol calls the id. */
    public static String shortId(String id) {
        return id.length() <= SHORT_ID ? id : id.substring(0, SHORT_ID);
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
