package io.dockrelay.protocol.logs;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Why a client did not get some lines. */
public enum GapReason {
    /** It did not read fast enough. */
    SLOW_CLIENT,
    /** It resumed from further back than is caught up by itself. */
    BEHIND,
    /** The engine's log rotated the lines away. */
    ROTATED,
    /** The container was removed, and its log with it. */
    REMOVED,
    UNKNOWN;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The reason of that name; {@link #UNKNOWN} for one that a newer controller may have invented. */
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
