package io.dockrelay.relay.uplink;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.ChangeReason;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.state.ContainerStatus;

/** What changed between the list before an outage and the one after it, as far as the two can tell. Pure. */
final class Comparison {

    private Comparison() {}

    static List<Change> of(List<Container> before, List<Container> now, Instant at) {
        List<Change> changes = new ArrayList<>();
        List<Container> gone = new ArrayList<>(before);
        for (Container container : now) {
            Container earlier = earlier(gone, container);
            gone.remove(earlier);
            if (earlier == null) {
                changes.add(Change.appeared(container, ChangeReason.CREATED, at));
            } else if (differs(earlier, container)) {
                changes.add(changed(earlier, container, at));
            }
        }
        gone.forEach(container -> changes.add(Change.removed(container, at)));
        return changes;
    }

    /** The same container by its id, else the one that had its name. */
    private static Container earlier(List<Container> before, Container now) {
        Container sameName = null;
        for (Container container : before) {
            if (now.id() != null && now.id().equals(container.id())) {
                return container;
            }
            sameName = container.name().equals(now.name()) ? container : sameName;
        }
        return sameName;
    }

    private static boolean differs(Container before, Container now) {
        return before.status() != now.status()
                || before.health() != now.health()
                || !before.name().equals(now.name())
                || !Objects.equals(before.id(), now.id())
                || startedAgain(before, now);
    }

    private static Change changed(Container before, Container now, Instant at) {
        Integer exitCode = now.running() ? null : now.details().exitCode();
        return Change.of(before, now, reason(before, now), exitCode, at);
    }

    private static ChangeReason reason(Container before, Container now) {
        if (before.id() != null && now.id() != null && !before.id().equals(now.id())) {
            return ChangeReason.RECREATED;
        }
        if (!before.name().equals(now.name())) {
            return ChangeReason.RENAMED;
        }
        if (before.running() && now.running()) {
            return startedAgain(before, now) ? ChangeReason.RESTARTED : ChangeReason.HEALTH;
        }
        return switch (now.status()) {
            case RUNNING -> before.status() == ContainerStatus.PAUSED ? ChangeReason.RESUMED : ChangeReason.STARTED;
            case PAUSED -> ChangeReason.PAUSED;
            case EXITED, DEAD -> ended(now);
            case CREATED -> ChangeReason.CREATED;
            case RESTARTING, REMOVING, NOT_CREATED, UNKNOWN, REMOVED -> null;
        };
    }

    private static ChangeReason ended(Container now) {
        if (Boolean.TRUE.equals(now.details().oomKilled())) {
            return ChangeReason.OOM;
        }
        Integer code = now.details().exitCode();
        return code == null || code == 0 ? ChangeReason.STOPPED : ChangeReason.DIED;
    }

    private static boolean startedAgain(Container before, Container now) {
        Instant then = before.details().startedAt();
        return then != null
                && now.details().startedAt() != null
                && !then.equals(now.details().startedAt());
    }
}
