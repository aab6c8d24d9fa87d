package io.dockrelay.protocol.logs;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Why lines are missing. */
public enum GapReason {
    /** The client did not read fast enough. */
    SLOW_CLIENT,
    /** The client resumed from further back than a catch-up reads. */
    BEHIND,
    /** The engine's log rotated the lines away. */
    ROTATED,
    /** The container was removed, and its log with it. */
    REMOVED,
    /** The engine cannot read the lines, as at damage in its file after a power cut. */
    DAMAGED,
    UNKNOWN;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The reason of that name; {@link #UNKNOWN} for a name that only a newer controller uses. */
    @JsonCreator
    public static GapReason of(String wireName) {
        for (GapReason reason : values()) {
            if (reason.wireName().equals(wireName)) {
                return reason;
            }
        }
        return UNKNOWN;
    }
}
