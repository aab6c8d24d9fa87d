package io.dockrelay.protocol.state;

import java.time.Instant;

/**
 * One element of {@code changes[]}: what happened to one container between two looks.
 *
 * @param previousStatus null when the container was not there before
 * @param currentStatus {@link ContainerStatus#REMOVED} when it is gone
 * @param id 12 hex digits; null when there is no container
 * @param reason null from a v1 controller
 * @param exitCode of the run that ended; null otherwise
 * @param at when it happened by the engine's word, else when it was seen
 * @param controller the id of the controller that saw it; null from a v1 controller
 * @param container the complete element as it is now; null when removed
 */
public record Change(
        String name,
        ContainerStatus previousStatus,
        Health previousHealth,
        ContainerStatus currentStatus,
        Health currentHealth,
        boolean running,
        String statusDetail,
        String id,
        ChangeReason reason,
        Integer exitCode,
        Instant at,
        String controller,
        Container container) {

    /** A container that was not there before. */
    public static Change appeared(Container now, ChangeReason reason, Instant at) {
        return to(now, null, null, reason, null, at);
    }

    /** A container that is another than it was. */
    public static Change of(Container before, Container now, ChangeReason reason, Integer exitCode, Instant at) {
        return to(now, before.status(), before.health(), reason, exitCode, at);
    }

    /** A container that is gone. */
    public static Change removed(Container before, Instant at) {
        return new Change(
                before.name(),
                before.status(),
                before.health(),
                ContainerStatus.REMOVED,
                null,
                false,
                null,
                before.id(),
                ChangeReason.REMOVED,
                null,
                at,
                before.controller(),
                null);
    }

    private static Change to(
            Container now,
            ContainerStatus previousStatus,
            Health previousHealth,
            ChangeReason reason,
            Integer exitCode,
            Instant at) {
        return new Change(
                now.name(),
                previousStatus,
                previousHealth,
                now.status(),
                now.health(),
                now.running(),
                now.statusDetail(),
                now.id(),
                reason,
                exitCode,
                at,
                now.controller(),
                now);
    }
}
