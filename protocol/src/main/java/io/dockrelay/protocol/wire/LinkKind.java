package io.dockrelay.protocol.wire;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** How a relay reaches a controller. */
public enum LinkKind {
    /** In the same process. */
    LOCAL,
    /** Over the bus of a cluster. */
    CLUSTER,
    /** The relay connects to it. */
    UPLINK,
    /** It connects to the relay. */
    DIALLED;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether messages go over a WebSocket between relay and controller. */
    public boolean isUplink() {
        return this == UPLINK || this == DIALLED;
    }

    /** The kind of that name; {@link #UPLINK} for a name that only a newer version uses. */
    @JsonCreator
    public static LinkKind of(String wireName) {
        for (LinkKind kind : values()) {
            if (kind.wireName().equals(wireName)) {
                return kind;
            }
        }
        return UPLINK;
    }
}
