package io.dockrelay.protocol.state;

import java.time.Instant;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * One element of {@code changes[]}: what happened to one container between two observations.
 *
 * @param previousStatus null when the container was not in the list before
 * @param currentStatus {@link ContainerStatus#REMOVED} when it is gone
 * @param id 12 hex digits; null when there is no container
 * @param reason null from a v1 controller, where a status became unknown or known again, for another short name of the same
 *     container, and for the first answer of an engine
 * @param exitCode of the run that ended; null otherwise
 * @param at the engine's time of the change, else the time of the observation
 * @param controller the id of the controller that saw it; null from a v1 controller
 * @param container the complete element as it is now; null when removed, and from a v1 controller
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

    /** A container that was not in the list before. */
    public static Change appeared(Container now, ChangeReason reason, Instant at) {
        return to(now, null, null, reason, null, at);
    }

    /** A container whose state has changed. */
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

    /** Whether a list can be kept by this change: it holds its element, or needs none. False from a v1 controller. */
    @JsonIgnore
    public boolean isComplete() {
        return container != null || currentStatus == ContainerStatus.REMOVED;
    }

    /**
     * Whether this change replaces or removes that element of a list. A new element replaces what has its id and what has its
     * name, because a controller uses each only once. A removal is by id: another container may have taken the name already.
     * It is by name where it has no id, as for a service without a container.
     */
    public boolean concerns(Container listed) {
        if (container == null) {
            return id == null ? name.equals(listed.name()) : id.equals(listed.id());
        }
        boolean sameId = container.id() != null && container.id().equals(listed.id());
        return sameId || container.name().equals(listed.name());
    }

    /** The same change, of a container on this controller. */
    public Change withController(String replaced) {
        boolean same = replaced.equals(controller) && (container == null || replaced.equals(container.controller()));
        return same
                ? this
                : new Change(
                        name,
                        previousStatus,
                        previousHealth,
                        currentStatus,
                        currentHealth,
                        running,
                        statusDetail,
                        id,
                        reason,
                        exitCode,
                        at,
                        replaced,
                        container == null ? null : container.withController(replaced));
    }

    /** The same change with another complete element. */
    public Change withContainer(Container replaced) {
        return Objects.equals(replaced, container)
                ? this
                : new Change(
                        name,
                        previousStatus,
                        previousHealth,
                        currentStatus,
                        currentHealth,
                        running,
                        statusDetail,
                        id,
                        reason,
                        exitCode,
                        at,
                        controller,
                        replaced);
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
