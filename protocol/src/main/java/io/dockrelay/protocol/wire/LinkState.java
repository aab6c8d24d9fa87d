package io.dockrelay.protocol.wire;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The state of the connection from a relay to a controller. */
public enum LinkState {
    CONNECTED,
    /** An attempt is under way. */
    CONNECTING,
    /** The next attempt waits for its delay, or the controller has gone silent on the bus. */
    WAITING;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The state of that name; {@link #WAITING} for a name that only a newer relay uses. */
    @JsonCreator
    public static LinkState of(String wireName) {
        for (LinkState state : values()) {
            if (state.wireName().equals(wireName)) {
                return state;
            }
        }
        return WAITING;
    }
}
