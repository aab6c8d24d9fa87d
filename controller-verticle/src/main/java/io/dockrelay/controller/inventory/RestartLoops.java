package io.dockrelay.controller.inventory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import io.dockrelay.protocol.state.ContainerStatus;
import io.dockrelay.protocol.state.RestartLoop;

/**
 * Recognizes containers that the engine's restart policy starts again and again: their status changes every few seconds, and
 * what is wrong with them does not. Owned by the inventory; uses no clock.
 */
final class RestartLoops {

    /** A container that has been up for this long is no longer in a loop. */
    static final Duration WINDOW = Duration.ofMinutes(5);

    /** Restarts within the window that make a loop. */
    static final int ENOUGH = 3;

    private static final class Restarts {

        /** The engine's count. */
        private int counted;

        /** Times of the last restarts, oldest first; at most {@link #ENOUGH}. */
        private final Deque<Instant> times = new ArrayDeque<>();

        private boolean looping;
        private Integer exitCode;

        void add(int restarts, Instant at) {
            for (int i = 0; i < Math.min(restarts, ENOUGH); i++) {
                times.addLast(at);
            }
            while (times.size() > ENOUGH) {
                times.removeFirst();
            }
        }

        void forgetBefore(Instant time) {
            while (!times.isEmpty() && times.getFirst().isBefore(time)) {
                times.removeFirst();
            }
            looping = times.size() == ENOUGH || (looping && !times.isEmpty());
        }
    }

    private final Map<String, Restarts> byId = new HashMap<>();

    /** Takes what a scan found about a container; returns its loop, or null. */
    RestartLoop observe(ObservedContainer seen, Instant now) {
        if (!seen.isUp() && seen.status() != ContainerStatus.RESTARTING) {
            byId.remove(seen.id()); // Its end is final, or a user stopped it.
            return null;
        }
        Restarts restarts = byId.computeIfAbsent(seen.id(), id -> new Restarts());
        int count = seen.known().restartCount() == null
                ? restarts.counted
                : seen.known().restartCount();
        if (count < restarts.counted) {
            restarts.times.clear(); // A user started it.
        }
        restarts.add(count - restarts.counted, lastRestart(seen, now));
        restarts.counted = count;
        restarts.forgetBefore(now.minus(WINDOW));
        Integer exitCode = seen.isUp() ? null : seen.exitCode();
        restarts.exitCode = exitCode == null ? restarts.exitCode : exitCode;
        return restarts.looping ? new RestartLoop(restarts.exitCode) : null;
    }

    /** Forgets all containers but these. */
    void retain(Set<String> ids) {
        byId.keySet().retainAll(ids);
    }

    /** For a container that is seen for the first time, all its restarts count as the last one. */
    private static Instant lastRestart(ObservedContainer seen, Instant now) {
        Instant startedAt = seen.known().startedAt();
        return seen.status() == ContainerStatus.RESTARTING || startedAt == null ? now : startedAt;
    }
}
