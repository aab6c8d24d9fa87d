package io.dockrelay.protocol.state;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** An action on a container, with the word that v1 answers while it is running. */
public enum ContainerAction {
    START("start", "starting"),
    STOP("stop", "stopping"),
    RESTART("restart", "restarting"),
    /** Ends a container at once, also one whose stop is in progress. */
    KILL("kill", "killing");

    private final String wireName;
    private final String underWay;

    ContainerAction(String wireName, String underWay) {
        this.wireName = wireName;
        this.underWay = underWay;
    }

    @JsonValue
    public String wireName() {
        return wireName;
    }

    /** {@code starting}, {@code stopping} or {@code restarting}. */
    public String underWay() {
        return underWay;
    }

    /** Whether the container is down when the action is complete. */
    public boolean ends() {
        return this == STOP || this == KILL;
    }

    /** The action of that name, null when there is none. */
    @JsonCreator
    public static ContainerAction of(String wireName) {
        for (ContainerAction action : values()) {
            if (action.wireName.equals(wireName)) {
                return action;
            }
        }
        return null;
    }
}
