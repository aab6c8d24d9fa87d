package io.dockrelay.protocol.state;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The changes that lead from one list to a later one: across an outage, or a hole in the revisions. Of several changes to one
 * container only the sum is visible. Pure; one object per comparison.
 *
 * <p>The result applied to the earlier list ({@link ContainerList#with}) gives the later one, except for differences that are
 * no change of state, such as an older status text.
 */
public final class ContainerListDiff {

    private final Instant at;

    /** Elements of the earlier list that have no counterpart yet, by name. */
    private final Map<String, Container> unmatched = new LinkedHashMap<>();

    private final Map<String, Container> byId = new HashMap<>();

    private final List<Change> changes = new ArrayList<>();

    private ContainerListDiff(ContainerList before, Instant at) {
        this.at = at;
        for (Container container : before.containers()) {
            unmatched.put(container.name(), container);
            if (container.id() != null) {
                byId.put(container.id(), container);
            }
        }
    }

    /**
     * Elements that are dimmed ({@link Container#unknownSince}) are compared by what was last known of them.
     *
     * @param at the time of every change: when each happened is not known
     * @return removals first, so that their names are free; then the containers that stayed; then the new ones
     */
    public static List<Change> between(ContainerList before, ContainerList after, Instant at) {
        var diff = new ContainerListDiff(before, at);
        List<Container> others = diff.compareSameIds(after);
        others.forEach(diff::compareSameName);
        List<Change> all = new ArrayList<>();
        diff.unmatched.values().forEach(gone -> all.add(Change.removed(gone.lastKnownState(), at)));
        all.addAll(diff.changes);
        return List.copyOf(all);
    }

    /** Returns the elements whose id is not in the earlier list. */
    private List<Container> compareSameIds(ContainerList after) {
        List<Container> others = new ArrayList<>();
        for (Container now : after.containers()) {
            Container earlier = now.id() == null ? null : byId.get(now.id());
            if (earlier == null) {
                others.add(now);
            } else {
                compare(earlier, now);
            }
        }
        return others;
    }

    private void compareSameName(Container now) {
        Container earlier = unmatched.get(now.name());
        if (earlier == null) {
            changes.add(Change.appeared(now, ChangeReason.CREATED, at));
        } else {
            compare(earlier, now);
        }
    }

    private void compare(Container earlier, Container now) {
        unmatched.remove(earlier.name());
        Container before = earlier.lastKnownState();
        Container after = now.lastKnownState();
        if (!isSameState(before, after)) {
            ChangeReason reason = reason(before, after);
            Integer exitCode = reason != null && reason.isEnd() ? now.details().exitCode() : null;
            changes.add(Change.of(before, now, reason, exitCode, at));
        }
    }

    private static boolean isSameState(Container before, Container now) {
        return before.name().equals(now.name())
                && Objects.equals(before.fullName(), now.fullName())
                && Objects.equals(before.id(), now.id())
                && before.status() == now.status()
                && before.health() == now.health()
                && !isAnotherRun(before, now)
                && !hasFailedToStart(before, now)
                && Objects.equals(before.action(), now.action());
    }

    /** Null where the status became unknown, or known again: that says nothing about the container. */
    private static ChangeReason reason(Container before, Container now) {
        if (!Objects.equals(before.id(), now.id())) {
            return before.id() == null
                    ? ChangeReason.CREATED
                    : now.id() == null ? ChangeReason.REMOVED : ChangeReason.RECREATED;
        }
        if (!Objects.equals(before.fullName(), now.fullName())) {
            return ChangeReason.RENAMED;
        }
        if (hasSameRun(before, now) && !before.name().equals(now.name())) {
            return null; // Another container has come or gone, and nothing has happened to this one.
        }
        if (before.status() == ContainerStatus.UNKNOWN || now.status() == ContainerStatus.UNKNOWN) {
            return null;
        }
        if (!hasSameRun(before, now)) {
            return StatusReason.of(before.status(), now.status(), isAnotherRun(before, now), endOf(now));
        }
        if (hasFailedToStart(before, now)) {
            return ChangeReason.DIED;
        }
        return before.health() == now.health() ? ChangeReason.ACTION : ChangeReason.HEALTH;
    }

    private static boolean hasSameRun(Container before, Container now) {
        return before.status() == now.status() && !isAnotherRun(before, now);
    }

    private static boolean hasFailedToStart(Container before, Container now) {
        return StatusReason.hasFailedToStart(
                before.details().error(), now.details().error());
    }

    private static ChangeReason endOf(Container now) {
        Details details = now.details();
        boolean requested = details.exitCode() == null; // Without a code nothing says that it failed.
        return StatusReason.ofEnd(now.status(), details.exitCode(), details.oomKilled(), requested);
    }

    private static boolean isAnotherRun(Container before, Container now) {
        Details then = before.details();
        Details later = now.details();
        return StatusReason.isAnotherRun(
                then.startedAt(), later.startedAt(), then.restartCount(), later.restartCount());
    }
}
