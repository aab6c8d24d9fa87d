package io.dockrelay.protocol.state;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Docker's own container states, and three of this protocol ({@link #NOT_CREATED}, {@link #UNKNOWN}, {@link #REMOVED}). */
public enum ContainerStatus {
    CREATED("created"),
    RUNNING("running"),
    PAUSED("paused"),
    RESTARTING("restarting"),
    REMOVING("removing"),
    EXITED("exited"),
    DEAD("dead"),
    /** A service of the compose file that has no container. */
    NOT_CREATED("not-created"),
    /** The engine, or the way to it, does not answer. */
    UNKNOWN("unknown"),
    /** Only as a change's current status, and as the outcome of an action: the container is gone. */
    REMOVED("removed");

    private static final Map<String, ContainerStatus> BY_WIRE_NAME =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(ContainerStatus::wireName, Function.identity()));

    private final String wireName;

    ContainerStatus(String wireName) {
        this.wireName = wireName;
    }

    /** Whether the container has a process, frozen or not. */
    public boolean isUp() {
        return this == RUNNING || this == PAUSED;
    }

    @JsonValue
    public String wireName() {
        return wireName;
    }

    /** The status of that name; {@link #UNKNOWN} for null and for a name that only a newer engine uses. */
    @JsonCreator
    public static ContainerStatus of(String wireName) {
        return wireName == null ? UNKNOWN : BY_WIRE_NAME.getOrDefault(wireName, UNKNOWN);
    }
}
