package io.dockrelay.relay.fleet;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.dockrelay.protocol.bus.ContainersChanged;
import io.dockrelay.protocol.bus.ContainersSnapshot;
import io.dockrelay.protocol.bus.ControllerPresence;
import io.dockrelay.protocol.bus.EngineStatus;
import io.dockrelay.protocol.bus.RevisedContainerList;
import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.ChangeReason;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.state.ContainerStatus;
import io.dockrelay.protocol.wire.LinkKind;
import io.dockrelay.protocol.wire.LinkMeasure;

/** One controller of the fleet: its engine, and its list as it last was. Pure. */
final class KnownController {

    private final String id;
    private final ControllerRegistry registry;
    /** When its list was last known to be right; it does not change while the controller is away. */
    private Instant seen;
    /** Null until it is known. */
    private EngineStatus engine;

    /** As the controller gave it: not dimmed because the controller is away. */
    private final RevisedContainerList containers = new RevisedContainerList();
    /** True while the list has been asked for and has not arrived. */
    private boolean asked;
    /** When the list last arrived; null before the first. */
    private Instant listedAt;

    /** The last measurement of the link; null before the first. */
    private LinkMeasure measured;

    /** See {@link #viewVersion}. */
    private long views;

    /** @param registry has a state of this controller */
    KnownController(String id, ControllerRegistry registry, Instant now) {
        this.id = id;
        this.registry = registry;
        this.seen = now;
    }

    String id() {
        return id;
    }

    /** Whether its last announcement still holds, as far as can be known. */
    boolean reachable() {
        return state().isReachable();
    }

    boolean engineAway() {
        return engine != null && !engine.available();
    }

    /** Whether its engine does not answer, and no container of it is known. */
    boolean hasUnseenEngine() {
        return reachable() && engineAway() && containers.list().containers().isEmpty();
    }

    EngineStatus engine() {
        return engine;
    }

    /** Changes whenever the result of {@link #view} may have changed. */
    long viewVersion() {
        return views;
    }

    /**
     * @param formerIds of this controller
     * @param onBus how the controllers that are on the bus themselves are reached
     */
    ControllerReport report(Instant now, List<String> formerIds, LinkKind onBus) {
        return new ControllerReport(state().link(now, formerIds).measured(link(onBus)), reachable(), engine);
    }

    /** What was measured of the link. */
    void measured(LinkMeasure measure) {
        measured = measure;
    }

    /** A measurement of another way to the controller does not count. */
    private LinkMeasure link(LinkKind onBus) {
        boolean uplink = state().presence().uplink();
        return measured != null && measured.kind().isUplink() == uplink
                ? measured
                : LinkMeasure.unknown(uplink ? LinkKind.UPLINK : onBus);
    }

    /** The same controller under another id, which has a state in the registry. Its list is asked for again. */
    KnownController movedTo(String other) {
        var moved = new KnownController(other, registry, seen);
        moved.listedAt = listedAt;
        List<Change> unused = moved.containers.reset(
                new ContainersSnapshot(other, 0, seen, null, containers.list().containers()));
        moved.containers.invalidate();
        return moved;
    }

    /** Whether an uplink tries to reach it. */
    boolean isDialled() {
        return state().presence().uplink() && !state().presence().left();
    }

    /** Whether its list has ever arrived. */
    boolean isListed() {
        return listedAt != null;
    }

    /** Takes an announcement; returns what it means for what is open there. */
    Optional<ControllerEvent> announced(ControllerPresence presence, Instant now) {
        ControllerState before = state();
        Optional<ControllerEvent> event = registry.announced(presence, now);
        changedFrom(before);
        return event;
    }

    /** Time has passed; returns what it means for what is open there. */
    Optional<ControllerEvent> tick(Instant now) {
        ControllerState before = state();
        Optional<ControllerEvent> event = registry.tick(id, now);
        changedFrom(before);
        return event;
    }

    /** Whether it has been silent, or has left for good, since before that time. */
    boolean forgottenBefore(Instant time) {
        return state().isAway() && state().announcedAt().isBefore(time);
    }

    /** Whether it has left for good. */
    boolean hasLeft() {
        return state().presence().left();
    }

    /** Whether it left before more than its id was known. */
    boolean leftNothing() {
        return state().presence().left() && !isListed();
    }

    /** True once for each time that the list must be asked for. */
    boolean takeQuestion(Instant listBefore) {
        boolean due = listedAt == null || containers.hasHole() || listedAt.isBefore(listBefore);
        if (!reachable() || asked || !due) {
            return false;
        }
        asked = true;
        return true;
    }

    void unanswered() {
        asked = false;
    }

    /** Its engine stopped or started answering: the list is asked for again when the engine is back. */
    void engine(EngineStatus status) {
        boolean back = engineAway() && status.available();
        engine = status;
        views++;
        if (back) {
            containers.invalidate();
        }
    }

    /** Applies changes; returns them, or nothing while there is a hole. */
    List<Change> changed(ContainersChanged message, Instant now) {
        List<Change> changes = containers.apply(message);
        if (!containers.hasHole()) {
            seen = now;
            views++;
        }
        return changes.stream().filter(KnownController::isReported).toList();
    }

    /** Takes over a whole list; returns what is different from the last one, nothing for the first. */
    List<Change> listed(ContainersSnapshot snapshot, Instant now) {
        asked = false;
        if (!containers.accepts(snapshot)) {
            return List.of();
        }
        List<Change> changes = containers.reset(snapshot);
        views++;
        seen = now;
        listedAt = now;
        engine = snapshot.engine() == null ? engine : snapshot.engine();
        return changes.stream().filter(KnownController::isReported).toList();
    }

    /** The list as it is served: unknown, with the last known state, while the controller or its engine is away. */
    Collection<Container> view() {
        if (!reachable()) {
            String reason = "controller " + id + " is away";
            return containers.list().containers().stream()
                    .map(container -> container.unknownSince(seen, reason))
                    .toList();
        }
        if (engineAway()) {
            String reason = "the container engine of " + id + " does not answer";
            return containers.list().containers().stream()
                    .map(container -> container.unknownSince(engine.since(), reason))
                    .toList();
        }
        return containers.list().containers();
    }

    /**
     * A change without a reason is none of the container's own: it became unknown or known again, or got another name. The
     * removals of version 1 have no reason either. Actions have messages of their own.
     */
    private static boolean isReported(Change change) {
        boolean hasReason = change.reason() != null && change.reason() != ChangeReason.ACTION;
        return hasReason || change.currentStatus() == ContainerStatus.REMOVED;
    }

    private ControllerState state() {
        return registry.state(id);
    }

    private void changedFrom(ControllerState before) {
        ControllerState after = state();
        if (after.equals(before)) {
            return;
        }
        boolean restarted =
                !Objects.equals(before.presence().since(), after.presence().since());
        if (after.isReachable()) {
            seen = after.announcedAt();
        }
        if (after.isReachable() != before.isReachable()) {
            views++;
        }
        if (restarted || !before.isReachable() || !after.isReachable()) {
            containers.invalidate();
        }
    }
}
