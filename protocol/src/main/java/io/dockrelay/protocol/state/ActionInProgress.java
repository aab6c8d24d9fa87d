package io.dockrelay.protocol.state;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * An action that has begun on a container and has not ended.
 *
 * @param by the requester; null when unknown
 * @param since when it began
 * @param grace seconds from then until the engine kills the container, in a stop or a restart; null when they are not known,
 *     and when the engine never does
 * @param waiting the actions on the container that begin when those in progress have ended, in their order
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ActionInProgress(
        ContainerAction action,
        String by,
        Instant since,
        Long grace,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ContainerAction> waiting) {

    /** The name of an action that this version does not know is null in JSON's list; it is left out. */
    public ActionInProgress {
        waiting = waiting == null
                ? List.of()
                : waiting.stream().filter(Objects::nonNull).toList();
    }

    /** An action after which no other one begins. */
    public ActionInProgress(ContainerAction action, String by, Instant since, Long grace) {
        this(action, by, since, grace, List.of());
    }

    /** The same action, with those that begin when the actions in progress have ended, in their order. */
    public ActionInProgress withWaiting(List<ContainerAction> actions) {
        return new ActionInProgress(action, by, since, grace, actions);
    }
}
