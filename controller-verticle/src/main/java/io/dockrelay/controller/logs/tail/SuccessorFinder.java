package io.dockrelay.controller.logs.tail;

import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import io.dockrelay.controller.logs.store.LoggedContainer;
import io.dockrelay.protocol.state.Container;

/** Finds the container that takes the place of one that is gone, or the first one when there never was any. Pure. */
final class SuccessorFinder {

    private final String requested;

    /** Looked at, and found to be others. */
    private final Set<String> others = new HashSet<>();

    /** @param requested the name that was subscribed to */
    SuccessorFinder(String requested) {
        this.requested = requested;
    }

    /** A container to look at; none when there is no candidate left. */
    Optional<Container> candidate(ContainerDirectory directory, LoggedContainer gone) {
        if (gone == null) {
            return directory.find(requested).filter(it -> it.id() != null);
        }
        return directory.successors(gone.identity(), gone.fullName()).stream()
                .filter(it -> !it.id().equals(gone.id()) && !others.contains(it.id()))
                .findFirst();
    }

    /** Whether the one that was looked at takes the other's place; if not, it is no candidate any more. */
    boolean accepts(LoggedContainer candidate, LoggedContainer gone) {
        boolean accepted = gone == null
                || !gone.identity().ofCompose()
                || (Objects.equals(
                                gone.identity().number(), candidate.identity().number())
                        && gone.identity().oneOff() == candidate.identity().oneOff());
        if (!accepted) {
            others.add(candidate.id());
        }
        return accepted;
    }
}
