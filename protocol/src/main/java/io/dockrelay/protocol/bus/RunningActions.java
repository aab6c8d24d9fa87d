package io.dockrelay.protocol.bus;

import java.util.HashMap;
import java.util.Map;

import io.dockrelay.protocol.state.ActionInProgress;

/**
 * The actions that a controller is running now; an action that is missing here has ended.
 *
 * @param byContainer by the container's id, 12 hex digits
 */
public record RunningActions(Map<String, ActionInProgress> byContainer) {

    public static final RunningActions NONE = new RunningActions(Map.of());

    public RunningActions {
        byContainer = Map.copyOf(byContainer);
    }

    /** These actions and the others; of two for one container, the other one. */
    public RunningActions and(RunningActions others) {
        Map<String, ActionInProgress> all = new HashMap<>(byContainer);
        all.putAll(others.byContainer);
        return new RunningActions(all);
    }
}
