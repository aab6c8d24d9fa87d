package io.dockrelay.controller.logs.tail;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

import io.dockrelay.controller.logs.store.ServiceIdentity;
import io.dockrelay.protocol.bus.ContainersChanged;
import io.dockrelay.protocol.bus.ContainersSnapshot;
import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.Container;

/**
 * The containers of one controller as the bus tells of them: a snapshot, and the changes after it. Immutable, so that
 * tailers on other threads look at the same one.
 *
 * @param revision of the last change that is in it; -1 before the first snapshot
 */
record ContainerDirectory(long revision, List<Container> containers) {

    static final ContainerDirectory UNKNOWN = new ContainerDirectory(-1, List.of());

    /** Compose calls a container so until the one it replaces has gone. */
    private static final Pattern IN_THE_MAKING = Pattern.compile("[0-9a-f]{12}_.+");

    ContainerDirectory {
        containers = List.copyOf(containers);
    }

    static ContainerDirectory of(ContainersSnapshot snapshot) {
        return new ContainerDirectory(snapshot.revision(), snapshot.containers());
    }

    boolean known() {
        return revision >= 0;
    }

    /** Whether these changes are the next ones, or known already; otherwise some in between were missed. */
    boolean follows(ContainersChanged changed) {
        return known() && changed.revision() <= revision + 1;
    }

    /** With these changes; those that are known already change nothing. */
    ContainerDirectory with(ContainersChanged changed) {
        if (changed.revision() <= revision) {
            return this;
        }
        List<Container> kept = new ArrayList<>(containers);
        for (Change change : changed.changes()) {
            kept.removeIf(known -> concerns(change, known));
            if (change.container() != null) {
                kept.add(change.container());
            }
        }
        return new ContainerDirectory(changed.revision(), kept);
    }

    /** The container meant by a name, a full name or an id. */
    Optional<Container> find(String nameOrId) {
        return containers.stream().filter(it -> it.answersTo(nameOrId)).findFirst();
    }

    Optional<Container> byId(String id) {
        return containers.stream().filter(it -> id.equals(it.id())).findFirst();
    }

    /**
     * The containers that may be the one that was followed, made anew: of the same service where Compose made it, of
     * the same name otherwise. One in the making is none of them yet.
     */
    List<Container> successors(ServiceIdentity identity, String fullName) {
        return containers.stream()
                .filter(it -> it.id() != null && !inTheMaking(it.fullName()))
                .filter(it -> isSuccessor(it, identity, fullName))
                .toList();
    }

    /** Whether it is the name of a container that Compose is about to put in another's place, or to throw away. */
    static boolean inTheMaking(String fullName) {
        return IN_THE_MAKING.matcher(fullName).matches();
    }

    private static boolean isSuccessor(Container container, ServiceIdentity identity, String fullName) {
        if (identity.ofCompose()) {
            return identity.project().equals(container.details().project())
                    && identity.service().equals(container.details().service());
        }
        return Objects.equals(container.fullName(), fullName);
    }

    private static boolean concerns(Change change, Container known) {
        Container now = change.container();
        if (now == null) {
            return change.id() == null
                    ? change.name().equals(known.name())
                    : change.id().equals(known.id());
        }
        return (now.id() != null && now.id().equals(known.id()))
                || Objects.equals(now.fullName(), known.fullName())
                || now.name().equals(known.name());
    }
}
