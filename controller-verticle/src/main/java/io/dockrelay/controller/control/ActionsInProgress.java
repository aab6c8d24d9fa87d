package io.dockrelay.controller.control;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

import io.dockrelay.protocol.bus.RunningActions;
import io.dockrelay.protocol.state.ActionInProgress;

/**
 * The actions that this controller is running. A container may have two: a kill begins while a stop is in progress. Then the
 * later one is shown. Owned by {@link ControlVerticle}, on its context. Pure.
 */
final class ActionsInProgress {

    /** By container id, then by the action's id in the order of their beginnings. */
    private final Map<String, Map<String, ActionInProgress>> byContainer = new HashMap<>();

    void begin(String container, String id, ActionInProgress action) {
        byContainer.computeIfAbsent(container, first -> new LinkedHashMap<>()).put(id, action);
    }

    void end(String container, String id) {
        byContainer.computeIfPresent(container, (key, actions) -> {
            actions.remove(id);
            return actions.isEmpty() ? null : actions;
        });
    }

    /**
     * The latest of each container.
     *
     * @param queues of the actions that begin when these have ended
     */
    RunningActions all(SerialQueues queues) {
        Map<String, ActionInProgress> latest = new HashMap<>();
        byContainer.forEach((container, actions) -> actions.values()
                .forEach(action -> latest.put(container, action.withWaiting(queues.waiting(container)))));
        return new RunningActions(latest);
    }
}
