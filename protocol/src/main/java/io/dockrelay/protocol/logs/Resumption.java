package io.dockrelay.protocol.logs;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Whether a snapshot continues where the subscriber left off. In JSON: true, false, or no value. */
public enum Resumption {
    /** No position was requested. */
    FRESH,
    /** The log continues exactly after the requested position. */
    RESUMED,
    /** The requested position is not in the log; lines may be missing before this snapshot. */
    NOT_RESUMED;

    /** The value of the {@code resumed} field; null for {@link #FRESH}. */
    @JsonValue
    public Boolean wireValue() {
        return switch (this) {
            case FRESH -> null;
            case RESUMED -> true;
            case NOT_RESUMED -> false;
        };
    }

    /** @param wireValue the {@code resumed} field; null when it is missing */
    @JsonCreator
    public static Resumption of(Boolean wireValue) {
        return wireValue == null ? FRESH : wireValue ? RESUMED : NOT_RESUMED;
    }
}
