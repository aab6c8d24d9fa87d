package io.dockrelay.protocol.state;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The result of a container's health check; null for no health check, and for a container that does not run. */
public enum Health {
    STARTING("starting"),
    HEALTHY("healthy"),
    UNHEALTHY("unhealthy");

    private final String wireName;

    Health(String wireName) {
        this.wireName = wireName;
    }

    @JsonValue
    public String wireName() {
        return wireName;
    }

    /** The health of that name; null for null, {@code none} and anything unknown. */
    @JsonCreator
    public static Health of(String wireName) {
        for (Health health : values()) {
            if (health.wireName.equals(wireName)) {
                return health;
            }
        }
        return null;
    }
}
