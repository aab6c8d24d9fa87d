package io.dockrelay.controller.logs.store;

import java.time.Instant;

/** Times as the engine takes them: {@code seconds.nanoseconds}. Pure. */
final class EngineTime {

    private EngineTime() {}

    /** Null for null. */
    static String text(Instant time) {
        return time == null ? null : "%d.%09d".formatted(time.getEpochSecond(), time.getNano());
    }

    /** With nine digits after the point; null for null. */
    static Instant of(String text) {
        if (text == null) {
            return null;
        }
        int point = text.indexOf('.');
        return Instant.ofEpochSecond(
                Long.parseLong(text, 0, point, 10), Long.parseLong(text, point + 1, text.length(), 10));
    }
}
