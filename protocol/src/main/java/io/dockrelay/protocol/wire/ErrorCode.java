package io.dockrelay.protocol.wire;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The codes of an {@code error} message. */
public enum ErrorCode {
    MALFORMED,
    UNSUPPORTED_TYPE,
    BAD_REQUEST,
    NO_SUCH_CONTAINER,
    TOO_MANY_SUBSCRIPTIONS,
    NOT_ALLOWED,
    ENGINE_UNAVAILABLE,
    ENGINE_ERROR;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The code of that name; {@link #ENGINE_ERROR} for a name that only a newer controller uses. */
    @JsonCreator
    public static ErrorCode of(String wireName) {
        for (ErrorCode code : values()) {
            if (code.wireName().equals(wireName)) {
                return code;
            }
        }
        return ENGINE_ERROR;
    }
}
