package io.dockrelay.protocol.state;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Why a container is in {@code changes[]}. */
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
    /** An action began or ended, and nothing has happened to the container yet. */
    ACTION,
    REMOVED;

    /** Whether a run ended, so that the change has an exit code. */
    public boolean isEnd() {
        return this == STOPPED || this == DIED || this == OOM;
    }

    @JsonValue
    public String wireName() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The reason of that name; null for null and for a name that only a newer controller uses. */
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
