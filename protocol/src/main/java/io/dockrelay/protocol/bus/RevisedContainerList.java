package io.dockrelay.protocol.bus;

import java.util.ArrayList;
import java.util.List;

import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.ContainerList;
import io.dockrelay.protocol.state.ContainerListDiff;

/**
 * One controller's list, kept from a snapshot and the numbered changes after it. A change that is not the next one leaves a
 * hole: the list stays as it was, and later changes are held until a snapshot fills the hole. Pure; for one thread.
 *
 * <p>A change with an old revision leaves a hole too. It may be in the list already, or its controller has started again and
 * counts from the beginning: only a snapshot decides that.
 */
public final class RevisedContainerList {

    private static final long HOLE = -1;

    /** More than arrive while a snapshot is requested. After more, the next snapshot may leave a hole again. */
    private static final int MAX_HELD = 1000;

    private ContainerList list = ContainerList.EMPTY;

    /** The last revision that is in the list; {@link #HOLE} while changes are missing. */
    private long revision = HOLE;

    /** Whether a snapshot has arrived. */
    private boolean known;

    private final List<ContainersChanged> held = new ArrayList<>();

    /** The list up to the hole, if there is one; empty before the first snapshot. */
    public ContainerList list() {
        return list;
    }

    /** Whether a snapshot is needed. True before the first one. */
    public boolean hasHole() {
        return revision == HOLE;
    }

    /** Changes may have been missed. */
    public void invalidate() {
        revision = HOLE;
        held.clear();
    }

    /** Applies changes, or holds them; returns those that were applied. Elements get the id of the message's controller. */
    public List<Change> apply(ContainersChanged message) {
        boolean complete = message.changes().stream().allMatch(Change::isComplete);
        if (hasHole() || message.revision() != revision + 1 || !complete) {
            hold(message);
            return List.of();
        }
        revision = message.revision();
        List<Change> changes = message.changes().stream()
                .map(change -> change.withController(message.controller()))
                .toList();
        list = list.with(changes);
        return changes;
    }

    /** Whether {@link #reset} would take this snapshot: later changes have not overtaken it. */
    public boolean accepts(ContainersSnapshot snapshot) {
        return hasHole() || snapshot.revision() >= revision;
    }

    /**
     * Replaces the list, and applies the held changes that are not in it.
     *
     * @return what is different, in order; nothing for the first snapshot, and for one that is not accepted
     */
    public List<Change> reset(ContainersSnapshot snapshot) {
        if (!accepts(snapshot)) {
            return List.of();
        }
        ContainerList before = list;
        list = new ContainerList(snapshot.containers().stream()
                .map(container -> container.withController(snapshot.controller()))
                .toList());
        List<Change> changes =
                new ArrayList<>(known ? ContainerListDiff.between(before, list, snapshot.at()) : List.of());
        known = true;
        revision = snapshot.revision();
        List<ContainersChanged> later =
                held.stream().filter(message -> message.revision() > revision).toList();
        held.clear();
        later.forEach(message -> changes.addAll(apply(message)));
        return List.copyOf(changes);
    }

    private void hold(ContainersChanged message) {
        revision = HOLE;
        if (held.size() == MAX_HELD) {
            held.clear();
        }
        held.add(message);
    }
}
