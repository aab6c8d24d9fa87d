package io.dockrelay.controller.inventory;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.dockrelay.controller.engine.EngineValues;

/**
 * What the engine's events hint at until the next scan: which containers to inspect, and which were requested to end. Owned by
 * the watcher, on its context. Pure.
 */
final class EventHints {

    private static final String KILL = "kill";

    /**
     * These actions change nothing that is shown; health probes alone cause three events per second. A signal ({@code kill})
     * is visible by its effect.
     */
    private static final Set<String> NOISE =
            Set.of("attach", "detach", "resize", "top", "copy", "export", "commit", KILL);

    private static final String EXEC = "exec_";

    /** Signals that request the end of a process: INT, QUIT, KILL, TERM. */
    private static final Set<String> ENDING = Set.of("2", "3", "9", "15");

    private Set<String> touched = new HashSet<>();
    private final Set<String> requestedEnds = new HashSet<>();

    /**
     * Takes one container event.
     *
     * @param action such as {@code start}, {@code kill} or {@code exec_create: /bin/probe}
     * @return whether it hints at a change
     */
    boolean take(String id, String action, Map<String, String> attributes) {
        if (action == null || id == null) {
            return false;
        }
        String container = EngineValues.shortId(id);
        boolean ends = action.equals(KILL) && ENDING.contains(attributes.getOrDefault("signal", "15"));
        if (ends || action.equals("stop")) {
            requestedEnds.add(container);
        } else if (action.equals("start")) {
            requestedEnds.remove(container);
        }
        if (action.startsWith(EXEC) || NOISE.contains(action)) {
            return false;
        }
        touched.add(container);
        return true;
    }

    /** Takes the containers to inspect; they are forgotten unless {@link #putBack} returns them. */
    Set<String> touched() {
        Set<String> taken = touched;
        touched = new HashSet<>();
        return taken;
    }

    /** Returns containers after a scan that failed, or had no time for all of them. */
    void putBack(Set<String> ids) {
        touched.addAll(ids);
    }

    /** Ids of containers with a known request to end. */
    Set<String> requestedEnds() {
        return Set.copyOf(requestedEnds);
    }

    /** A scan has ended: for containers that do not run any more, the request has had its effect. */
    void settle(Set<String> up) {
        requestedEnds.retainAll(up);
    }
}
