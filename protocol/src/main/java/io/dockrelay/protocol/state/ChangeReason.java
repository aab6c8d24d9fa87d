package io.dockrelay.protocol.state;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Why a container stands in {@code changes[]}. */
public enum ChangeReason {
    CREATED,
    STARTED,
    STOPPED,
    DIED,
    OOM,
    RESTARTED,
    PAUSED,
    RESUMED,
    RENAMED,
    RECREATED,
    HEALTH,
    REMOVED;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The reason of that name; null for null and for one that a newer controller may have invented. */
    @JsonCreator
    public static ChangeReason of(String wireName) {
        for (ChangeReason reason : values()) {
            if (reason.wireName().equals(wireName)) {
                return reason;
            }
        }
        return null;
    }
}
