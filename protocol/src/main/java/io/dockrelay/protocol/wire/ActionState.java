package io.dockrelay.protocol.wire;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The progress of a start, stop, restart or kill. */
public enum ActionState {
    ACCEPTED,
    DONE,
    FAILED;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The state of that name; null for a name that only a newer controller uses. */
    @JsonCreator
    public static ActionState of(String wireName) {
        for (ActionState state : values()) {
            if (state.wireName().equals(wireName)) {
                return state;
            }
        }
        return null;
    }
}
