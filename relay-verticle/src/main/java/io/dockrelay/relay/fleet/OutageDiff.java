package io.dockrelay.relay.fleet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.ChangeReason;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.state.ContainerStatus;
import io.dockrelay.protocol.state.Health;

/**
 * What must have happened between two lists of one controller that were taken apart in time: over an outage, or over a
 * hole in the revisions. Of several changes to one container only their sum is seen. Pure.
 */
final class OutageDiff {

    private OutageDiff() {}

    /** @param at stands as the time of each change, for nobody saw when it happened */
    static List<Change> between(Collection<Container> before, Collection<Container> now, Instant at) {
        Map<String, Container> byName = new HashMap<>();
        Map<String, Container> byId = new HashMap<>();
        before.forEach(container -> byName.put(container.name(), container));
        before.stream().filter(old -> old.id() != null).forEach(old -> byId.put(old.id(), old));
        List<Change> changes = new ArrayList<>();
        for (Container container : now) {
            Container old = container.id() == null ? null : byId.get(container.id());
            old = old == null ? byName.get(container.name()) : old;
            if (old != null) {
                byName.remove(old.name());
            }
            addChange(changes, old, container, at);
        }
        byName.values().forEach(gone -> changes.add(Change.removed(lastKnown(gone), at)));
        return changes;
    }

    private static void addChange(List<Change> changes, Container old, Container now, Instant at) {
        if (old == null) {
            changes.add(Change.appeared(now, ChangeReason.CREATED, at));
            return;
        }
        Container before = lastKnown(old);
        // Nothing can be said about one of which nothing is known.
        if (before.status() == ContainerStatus.UNKNOWN || lastKnown(now).status() == ContainerStatus.UNKNOWN) {
            return;
        }
        ChangeReason reason = reason(before, lastKnown(now));
        if (reason != null) {
            changes.add(Change.of(before, now, reason, exitCode(before, now), at));
        }
    }

    /** Null when nothing happened that anybody need be told. */
    private static ChangeReason reason(Container before, Container now) {
        if (!before.name().equals(now.name())) {
            return ChangeReason.RENAMED;
        }
        if (!Objects.equals(before.id(), now.id())) {
            return before.id() == null
                    ? ChangeReason.CREATED
                    : now.id() == null ? ChangeReason.REMOVED : ChangeReason.RECREATED;
        }
        if (before.status() != now.status()) {
            return reasonOfStatus(before, now);
        }
        if (!Objects.equals(before.details().startedAt(), now.details().startedAt()) && now.running()) {
            return ChangeReason.RESTARTED;
        }
        return before.health() == now.health() ? null : ChangeReason.HEALTH;
    }

    private static ChangeReason reasonOfStatus(Container before, Container now) {
        return switch (now.status()) {
            case RUNNING -> before.status() == ContainerStatus.PAUSED ? ChangeReason.RESUMED : ChangeReason.STARTED;
            case PAUSED -> ChangeReason.PAUSED;
            case RESTARTING -> ChangeReason.DIED;
            default -> ended(now);
        };
    }

    private static ChangeReason ended(Container now) {
        if (Boolean.TRUE.equals(now.details().oomKilled())) {
            return ChangeReason.OOM;
        }
        Integer code = now.details().exitCode();
        return code == null || code == 0 ? ChangeReason.STOPPED : ChangeReason.DIED;
    }

    private static Integer exitCode(Container before, Container now) {
        return before.running() && !now.running() ? now.details().exitCode() : null;
    }

    /** As it was before its engine went away, where the controller itself has marked it so. */
    private static Container lastKnown(Container container) {
        if (container.lastKnown() == null) {
            return container;
        }
        ContainerStatus status = container.lastKnown().status();
        Health health = container.lastKnown().health();
        return new Container(
                container.name(),
                container.fullName(),
                status,
                container.statusDetail(),
                health,
                container.id(),
                container.created(),
                container.controller(),
                container.actions(),
                container.details(),
                null);
    }
}
