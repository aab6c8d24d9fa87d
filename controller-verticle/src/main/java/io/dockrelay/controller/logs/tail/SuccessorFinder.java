package io.dockrelay.controller.logs.tail;

import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import io.dockrelay.controller.engine.ComposeLabels;
import io.dockrelay.controller.logs.store.LoggedContainer;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.state.ContainerList;

/**
 * Finds the container that takes the place of one that is gone: with the same project, service and number where Compose made
 * it, with the same full name otherwise. Also finds the first container of a subscription that began without one. The list
 * does not hold the number, so a candidate is inspected before it is accepted. Pure; one object per tail.
 */
final class SuccessorFinder {

    private final String requested;

    /** Ids of candidates that were inspected and not accepted. */
    private final Set<String> rejected = new HashSet<>();

    /** @param requested the name that was subscribed to */
    SuccessorFinder(String requested) {
        this.requested = requested;
    }

    /**
     * A container to inspect; empty when there is no candidate left.
     *
     * @param gone null when there was no container yet
     */
    Optional<Container> candidate(ContainerList list, LoggedContainer gone) {
        if (gone == null) {
            return list.find(requested).filter(it -> it.id() != null);
        }
        return list.containers().stream()
                .filter(it -> it.id() != null && !it.id().equals(gone.id()) && !rejected.contains(it.id()))
                .filter(it -> isCandidate(it, gone))
                .findFirst();
    }

    /**
     * Whether the inspected candidate takes the place of the other; if not, it is no candidate any more. A swarm keeps the
     * ended tasks that were in this place before.
     */
    boolean accepts(LoggedContainer candidate, LoggedContainer gone) {
        boolean accepted = gone == null
                || !gone.identity().isOfCompose()
                || (gone.identity().equals(candidate.identity()) && !ranBefore(candidate, gone));
        if (!accepted) {
            rejected.add(candidate.id());
        }
        return accepted;
    }

    private static boolean ranBefore(LoggedContainer candidate, LoggedContainer gone) {
        return candidate.startedAt() != null
                && gone.startedAt() != null
                && candidate.startedAt().isBefore(gone.startedAt());
    }

    /** A container with a temporary name of Compose is none yet: it may still be thrown away. */
    private static boolean isCandidate(Container container, LoggedContainer gone) {
        ComposeLabels labels = ComposeLabels.of(container.details());
        if (labels.nameAfterRecreation(container.fullName()).isPresent()) {
            return false;
        }
        return gone.identity().isOfCompose()
                ? gone.identity().isSameService(labels)
                : Objects.equals(container.fullName(), gone.fullName());
    }
}
