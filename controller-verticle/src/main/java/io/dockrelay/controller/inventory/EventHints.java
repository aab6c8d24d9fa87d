package io.dockrelay.controller.inventory;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.dockrelay.controller.engine.EngineValues;

/**
 * What the engine's events hint at until the next look: which containers to inspect, and whose end somebody asked for.
 * Owned by the watcher, on its context. Pure.
 */
final class EventHints {

    private static final String KILL = "kill";

    /**
     * Their actions change nothing that is shown; health probes alone send three of them each second. A signal ({@code
     * kill}) shows in what it leads to.
     */
    private static final Set<String> NOISE =
            Set.of("attach", "detach", "resize", "top", "copy", "export", "commit", KILL);

    private static final String EXEC = "exec_";

    /** Signals that ask a process to end: INT, QUIT, KILL, TERM. */
    private static final Set<String> ENDING = Set.of("2", "3", "9", "15");

    private Set<String> touched = new HashSet<>();
    private final Set<String> asked = new HashSet<>();

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
            asked.add(container);
        } else if (action.equals("start")) {
            asked.remove(container);
        }
        if (action.startsWith(EXEC) || NOISE.contains(action)) {
            return false;
        }
        touched.add(container);
        return true;
    }

    /** The containers to inspect; they are forgotten unless {@link #putBack} returns them. */
    Set<String> touched() {
        Set<String> taken = touched;
        touched = new HashSet<>();
        return taken;
    }

    /** After a look that failed, or had no time for all of them. */
    void putBack(Set<String> ids) {
        touched.addAll(ids);
    }

    Set<String> asked() {
        return Set.copyOf(asked);
    }

    /** A look is done: of those that no longer run, the asking has had its effect. */
    void settle(Set<String> up) {
        asked.retainAll(up);
    }
}
