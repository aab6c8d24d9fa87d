package io.dockrelay.protocol.logs;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A state of the container that a subscription follows. */
public enum LogStateKind {
    FOLLOWING,
    STOPPED,
    RESTARTED,
    RECREATED,
    RENAMED,
    REMOVED,
    /** There is no container yet. */
    WAITING,
    /** Its logging driver cannot be read. */
    UNREADABLE;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The kind of that name; null for a name that only a newer controller uses. */
    @JsonCreator
    public static LogStateKind of(String wireName) {
        for (LogStateKind kind : values()) {
            if (kind.wireName().equals(wireName)) {
                return kind;
            }
        }
        return null;
    }
}
