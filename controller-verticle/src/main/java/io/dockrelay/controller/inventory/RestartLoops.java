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

        /** @param count the engine's; null when it is not known. What it was at first is no restart: its time is unknown. */
        Restarts(Integer count) {
            counted = count == null ? 0 : count;
        }

        void count(Integer count, Instant at) {
            if (count == null) {
                return;
            }
            if (count < counted) {
                reset(); // A user started it.
                counted = 0;
            }
            for (int i = counted; i < count && i < counted + ENOUGH; i++) {
                times.addLast(at);
            }
            counted = count;
            while (times.size() > ENOUGH) {
                times.removeFirst();
            }
        }

        void reset() {
            times.clear();
            looping = false;
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
        Restarts restarts =
                byId.computeIfAbsent(seen.id(), id -> new Restarts(seen.known().restartCount()));
        if (!seen.isUp() && seen.status() != ContainerStatus.RESTARTING) {
            restarts.reset(); // Its end is final, or a user stopped it.
            return null;
        }
        restarts.count(seen.known().restartCount(), now);
        restarts.forgetBefore(now.minus(WINDOW));
        Integer exitCode = seen.isUp() ? null : seen.exitCode();
        restarts.exitCode = exitCode == null ? restarts.exitCode : exitCode;
        return restarts.looping ? new RestartLoop(restarts.exitCode) : null;
    }

    /** Forgets all containers but these. */
    void retain(Set<String> ids) {
        byId.keySet().retainAll(ids);
    }
}
