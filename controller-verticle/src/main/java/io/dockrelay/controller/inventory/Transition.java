package io.dockrelay.controller.inventory;

import java.time.Instant;
import java.util.Optional;

import io.dockrelay.protocol.state.ChangeReason;
import io.dockrelay.protocol.state.StatusReason;

/**
 * What happened to one container between two observations, apart from its names. Pure.
 *
 * @param exitCode of the run that ended; null otherwise
 * @param at the engine's time; null when it gave none
 */
record Transition(ChangeReason reason, Integer exitCode, Instant at) {

    /**
     * Empty when nothing happened that is reported.
     *
     * @param requested whether a request to stop the container is known
     */
    static Optional<Transition> between(ObservedContainer before, ObservedContainer now, boolean requested) {
        boolean anotherRun = isAnotherRun(before.known(), now.known());
        if (before.status() == now.status() && !anotherRun) {
            return betweenEqualStates(before, now);
        }
        ChangeReason end =
                StatusReason.ofEnd(now.status(), now.exitCode(), now.known().oomKilled(), requested);
        ChangeReason reason = StatusReason.of(before.status(), now.status(), anotherRun, end);
        return Optional.of(new Transition(reason, reason.isEnd() ? now.exitCode() : null, timeOf(reason, now)));
    }

    private static Optional<Transition> betweenEqualStates(ObservedContainer before, ObservedContainer now) {
        if (before.facts().isPresent() && StatusReason.hasFailedToStart(before.error(), now.error())) {
            return Optional.of(new Transition(ChangeReason.DIED, now.exitCode(), null));
        }
        boolean healthChanged =
                now.isUp() && before.text().health() != now.text().health();
        return healthChanged ? Optional.of(new Transition(ChangeReason.HEALTH, null, null)) : Optional.empty();
    }

    private static Instant timeOf(ChangeReason reason, ObservedContainer now) {
        return switch (reason) {
            case STARTED, RESTARTED -> now.known().startedAt();
            case STOPPED, DIED, OOM -> now.known().finishedAt();
            case CREATED -> now.createdAt();
            case PAUSED, RESUMED, RENAMED, RECREATED, HEALTH, ACTION, REMOVED -> null;
        };
    }

    private static boolean isAnotherRun(InspectedFacts before, InspectedFacts now) {
        return StatusReason.isAnotherRun(
                before.startedAt(), now.startedAt(), before.restartCount(), now.restartCount());
    }
}
