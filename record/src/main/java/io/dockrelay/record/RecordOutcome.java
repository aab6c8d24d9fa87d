package io.dockrelay.record;

import java.util.Locale;

/** What became of a recorded action. */
public enum RecordOutcome {
    /** It will be tried; another entry says how it ended. */
    REQUESTED,
    DONE,
    FAILED,
    /** It was not tried. */
    REFUSED,
    /** Its end was not seen. */
    UNKNOWN;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The outcome of that name; null when there is none. */
    public static RecordOutcome of(String wireName) {
        for (RecordOutcome outcome : values()) {
            if (outcome.wireName().equals(wireName)) {
                return outcome;
            }
        }
        return null;
    }
}
