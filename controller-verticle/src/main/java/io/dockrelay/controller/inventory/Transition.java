package io.dockrelay.controller.inventory;

import java.time.Instant;
import java.util.Optional;

import io.dockrelay.protocol.state.ChangeReason;
import io.dockrelay.protocol.state.ContainerStatus;

/**
 * What happened to one container between two looks, names aside. Pure.
 *
 * @param exitCode of the run that ended; null otherwise
 * @param at by the engine's word; null when it gave none
 */
record Transition(ChangeReason reason, Integer exitCode, Instant at) {

    /** Docker's exit code for a process that ended by SIGTERM. */
    private static final int TERMINATED = 143;

    /**
     * Empty when nothing happened that anyone is told of.
     *
     * @param asked whether somebody is known to have asked for its end
     */
    static Optional<Transition> between(ObservedContainer before, ObservedContainer now, boolean asked) {
        boolean anotherRun = ranAgain(before.known(), now.known());
        if (before.status() == now.status() && !anotherRun) {
            boolean turned = now.isUp() && before.text().health() != now.text().health();
            return turned ? Optional.of(new Transition(ChangeReason.HEALTH, null, null)) : Optional.empty();
        }
        return Optional.of(
                switch (now.status()) {
                    case RUNNING -> running(before, now, anotherRun);
                    case PAUSED -> new Transition(ChangeReason.PAUSED, null, null);
                    case REMOVING ->
                        before.isUp() ? ended(now, asked) : new Transition(ChangeReason.REMOVED, null, null);
                    case CREATED -> new Transition(ChangeReason.CREATED, null, now.createdAt());
                    default -> ended(now, asked);
                });
    }

    private static Transition running(ObservedContainer before, ObservedContainer now, boolean anotherRun) {
        Instant startedAt = now.known().startedAt();
        return switch (before.status()) {
            case RUNNING, RESTARTING -> new Transition(ChangeReason.RESTARTED, null, startedAt);
            case PAUSED ->
                anotherRun
                        ? new Transition(ChangeReason.RESTARTED, null, startedAt)
                        : new Transition(ChangeReason.RESUMED, null, null);
            default -> new Transition(ChangeReason.STARTED, null, startedAt);
        };
    }

    private static Transition ended(ObservedContainer now, boolean asked) {
        Integer exitCode = now.exitCode();
        Instant at = now.known().finishedAt();
        if (Boolean.TRUE.equals(now.known().oomKilled())) {
            return new Transition(ChangeReason.OOM, exitCode, at);
        }
        boolean orderly = exitCode != null && (exitCode == 0 || exitCode == TERMINATED);
        boolean stopped = (asked || orderly) && now.status() == ContainerStatus.EXITED;
        return new Transition(stopped ? ChangeReason.STOPPED : ChangeReason.DIED, exitCode, at);
    }

    /**
     * By the start's time where both looks know it: the engine counts a restart up before it happens, so that the
     * count alone would tell of it twice.
     */
    private static boolean ranAgain(InspectedFacts before, InspectedFacts now) {
        if (before.startedAt() == null || now.startedAt() == null) {
            return differ(before.restartCount(), now.restartCount());
        }
        return !before.startedAt().equals(now.startedAt());
    }

    private static boolean differ(Integer before, Integer now) {
        return before != null && now != null && !before.equals(now);
    }
}
