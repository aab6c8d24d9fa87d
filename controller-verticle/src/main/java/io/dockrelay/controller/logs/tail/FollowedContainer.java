package io.dockrelay.controller.logs.tail;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

import io.dockrelay.controller.logs.rotation.RotationFaults;
import io.dockrelay.controller.logs.rotation.RotationGuard;
import io.dockrelay.controller.logs.store.LoggedContainer;
import io.dockrelay.protocol.logs.Cursor;
import io.dockrelay.protocol.logs.LogStateKind;
import io.dockrelay.protocol.logs.TailMark;
import io.dockrelay.protocol.state.Container;

/**
 * The container that a tail follows: what is known about it, its current run, and the marks that its changes cause. Belongs
 * to a {@link TailLifecycle} until another container takes its place.
 */
final class FollowedContainer {

    /**
     * The mark of a new run and its place.
     *
     * @param mark empty when another mark has reported it already
     * @param at the mark precedes the first line that is not older
     */
    record RunStart(Optional<TailMark> mark, Instant at) {}

    private final RotationGuard guard;

    /** As last inspected. */
    private LoggedContainer inspection;

    /** As shown to users. */
    private String name;

    /** Whether a mark has reported that it is followed, so that its first run needs none. */
    private boolean reported;

    /** Whether a mark has reported the end of the current run. */
    private boolean endReported;

    /** The last line before a gap that was reported at the end of the log; null when lines follow, or none was. */
    private Cursor damagedEnd;

    /** For the next stream only. */
    private StreamStart.Reach reach = StreamStart.Reach.UNKNOWN;

    /** @param faults what the engine's follower does wrong when the log rotates */
    FollowedContainer(LoggedContainer inspection, String name, RotationFaults faults) {
        this.inspection = inspection;
        this.name = name;
        this.guard = new RotationGuard(inspection.fileBytes(), faults);
    }

    String id() {
        return inspection.id();
    }

    String name() {
        return name;
    }

    /** The last inspection. */
    LoggedContainer inspection() {
        return inspection;
    }

    /** The tail continues there. */
    void continues(Continuation from) {
        damagedEnd = from.endsDamaged() ? from.cursor() : null;
        reach = from.reach();
    }

    /** Whether there is only the gap at the end of the log that was the last thing reported. */
    boolean isAtDamagedEnd(Continuation found) {
        return found.endsDamaged() && Objects.equals(damagedEnd, found.cursor());
    }

    /** The next stream need not search for the cursor. */
    void reachesBack(StreamStart.Reach replacement) {
        reach = replacement;
    }

    /** Where the next stream starts. */
    StreamStart nextStream(Cursor cursor) {
        var start = new StreamStart(inspection, guard, cursor, reach);
        reach = StreamStart.Reach.UNKNOWN;
        return start;
    }

    boolean isNewRun(LoggedContainer inspected) {
        return inspected.isNewRunAfter(inspection);
    }

    /** Whether the container list shows a run that no inspection has shown yet. */
    boolean mayHaveRestarted(Container listed) {
        return listed.running() && !Objects.equals(listed.details().startedAt(), inspection.startedAt());
    }

    /** The container was inspected again; its name is taken from the container list only. */
    void inspected(LoggedContainer now) {
        inspection = now.named(inspection.fullName());
    }

    /**
     * An inspection shows a new run. Its mark precedes the next line where the end of the run before was reported. Otherwise
     * lines of that run may still arrive, and the mark follows them.
     */
    RunStart newRun(LoggedContainer now) {
        boolean first = inspection.startedAt() == null;
        boolean noOlderLines = first || endReported;
        inspected(now);
        endReported = false;
        LogStateKind kind = first ? LogStateKind.FOLLOWING : LogStateKind.RESTARTED;
        var mark = new TailMark.State(kind, name, inspection.startedAt(), null);
        return new RunStart(
                first && reported ? Optional.empty() : Optional.of(mark),
                noOlderLines ? Instant.EPOCH : inspection.betweenRuns());
    }

    /** The mark for a container that was waited for. */
    TailMark reportFollowing() {
        reported = true;
        return mark(LogStateKind.FOLLOWING, null);
    }

    /** The mark for the end of the current run; empty when it was reported, or when there was no run. */
    Optional<TailMark> reportEnd() {
        if (endReported || inspection.startedAt() == null) {
            return Optional.empty();
        }
        endReported = true;
        String message = "It ended with exit code " + inspection.exitCode() + ".";
        return Optional.of(new TailMark.State(LogStateKind.STOPPED, name, inspection.finishedAt(), message));
    }

    /**
     * Takes the names from the container list.
     *
     * @return whether Docker's own name has changed: a user has renamed the container
     */
    boolean renamed(Container listed) {
        if (inspection.identity().nameAfterRecreation(listed.fullName()).isPresent()) {
            return false;
        }
        boolean byUser = !listed.fullName().equals(inspection.fullName());
        inspection = inspection.named(listed.fullName());
        name = listed.name();
        return byUser;
    }

    /** A mark about the container, now. */
    TailMark mark(LogStateKind kind, String message) {
        return new TailMark.State(kind, name, Instant.now(), message);
    }
}
