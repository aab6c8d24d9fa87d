package io.dockrelay.controller.logs.tail;

import java.time.Duration;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.controller.logs.store.EngineFailures;
import io.dockrelay.controller.logs.store.LoggedContainer;
import io.dockrelay.controller.logs.tail.FollowerState.Following;
import io.dockrelay.controller.logs.tail.FollowerState.Idle;
import io.dockrelay.controller.logs.tail.FollowerState.Inspecting;
import io.dockrelay.controller.logs.tail.FollowerState.Joining;
import io.dockrelay.controller.logs.tail.FollowerState.Resyncing;
import io.dockrelay.docker.DockerEngineException.Kind;
import io.dockrelay.protocol.logs.Cursor;
import io.dockrelay.protocol.logs.GapReason;
import io.dockrelay.protocol.logs.LogStateKind;
import io.dockrelay.protocol.logs.TailMark;
import io.dockrelay.protocol.state.Container;

/**
 * The state machine of a tail in one container, over all its runs and streams: when a stream ends, inspects the container,
 * and opens the next stream or waits for the next run. Belongs to a {@link TailLifecycle}, on its context. Ends when the
 * container is removed, when another one takes its place, or with {@link #close}.
 *
 * <p>A change of the container list is only a reason to inspect; the engine's answer decides. So a lost or repeated message
 * changes nothing. Longer than other files: it is one machine, and its transitions are read best side by side.
 */
final class ContainerFollower {

    private static final Logger log = LoggerFactory.getLogger(ContainerFollower.class);

    /** After a stream that ended earlier than this, the next one waits for the backoff. */
    private static final Duration SHORT_LIVED = Duration.ofSeconds(1);

    /** What the follower needs from its owner. */
    interface Events {

        /** The container has stopped and is not in the list; a successor may be. */
        void unlisted();

        /** The engine does not know the container any more. The follower has ended. */
        void removed();
    }

    private final TailContext tail;
    private final OutgoingBatches batches;
    private final EngineRequests requests;
    private final FollowedContainer container;
    private final Events events;

    private FollowerState state = Idle.CLOSED;

    /** The container as the container list shows it; empty when it does not. */
    private Optional<Container> listed;

    /** @param requests shared with the owner: a request of the one makes an earlier one of the other void */
    ContainerFollower(
            TailContext tail,
            EngineRequests requests,
            FollowedContainer container,
            Optional<Container> listed,
            Events events) {
        this.tail = tail;
        this.batches = tail.batches();
        this.requests = requests;
        this.container = container;
        this.listed = listed;
        this.events = events;
    }

    // Starting and ending: one of the first three is called, once.

    /** Follows from a position. */
    void start(Continuation from) {
        continueFrom(from);
        follow();
    }

    /** The log cannot be read. */
    void startUnreadable() {
        batches.begin(container.id(), null);
        state = Idle.UNREADABLE;
    }

    /**
     * The tail has waited for this container: finds the position in its log first.
     *
     * @param from the position to continue from, or the newest lines
     */
    void join(Joining from) {
        tail.batches().mark(container.reportFollowing());
        tail.batches().flush();
        batches.begin(container.id(), null);
        state = from;
        requests.ask(
                Continuation.join(tail.store(), container.inspection(), from.resumeFrom(), from.lines()),
                found -> continueWith(found, Inspecting.INTERRUPTED),
                failure -> failed(failure, () -> join(from)));
    }

    /** Another container takes the place of this one. */
    void replaced() {
        state.gapOnReplacement().ifPresent(batches::mark);
        close();
    }

    void close() {
        cancelStream();
        state = Idle.CLOSED;
    }

    private void cancelStream() {
        if (state instanceof Following following) {
            following.stream().cancel();
        }
    }

    LoggedContainer inspection() {
        return container.inspection();
    }

    // Events of the container list.

    /** @param now empty when the container is not in the list any more */
    void listed(Optional<Container> now) {
        Optional<Container> before = listed;
        listed = now;
        now.ifPresent(this::rename);
        if (state instanceof Following) {
            now.ifPresent(this::inspectRestart);
        } else if (state == Idle.STOPPED && now.isPresent() && !now.equals(before)) {
            inspect(false);
        }
        // In the other states an inspection is under way or follows.
    }

    /** Whether another container may take the place of this one as soon as the list does not show it. */
    boolean isReplaceable() {
        return state.isReplaceable();
    }

    /** The list shows neither this container nor a successor. */
    void withoutSuccessor() {
        if (state instanceof Joining joining && requests.isIdle()) {
            join(joining); // The inspection of a rejected successor has replaced the first request.
        } else if (state == Idle.STOPPED || state == Idle.UNREADABLE) {
            inspect(false);
        }
    }

    private void rename(Container shown) {
        boolean byUser = container.renamed(shown);
        batches.name(container.name());
        if (byUser) {
            mark(container.mark(LogStateKind.RENAMED, null));
        }
    }

    // Events of the reader.

    void batchTaken() {
        if (state == Idle.READER_STALLED) {
            inspect(Inspecting.INTERRUPTED);
        } else if (state instanceof Following following) {
            following.stream().batchTaken();
        }
    }

    /** The reader has waited for so long that the log may have rotated under the stream. */
    void readerStalled() {
        if (state instanceof Following following) {
            following.stream().cancel();
            requests.abandon();
            state = Idle.READER_STALLED;
        }
    }

    /** Continues with the newest line, after a gap. Without a log, or before its beginning, there is nothing to skip. */
    void jump() {
        state.afterJump().ifPresent(then -> {
            cancelStream();
            boolean dropped = batches.dropLines() || state.hasDroppedLines();
            resync(new Resyncing(GapReason.SLOW_CLIENT, batches.delivered(), dropped, then), 1);
        });
    }

    // Following.

    private void follow() {
        requests.abandon();
        StreamStart start = container.nextStream(batches.resumeFrom());
        var stream = new FollowStream(tail, start, this::streamEnded);
        state = new Following(stream);
        stream.open();
    }

    private void streamEnded(StreamEnd end) {
        batches.flush();
        switch (end) {
            case StreamEnd.LogEnded ended -> inspect(Inspecting.AT_END.after(wasCutEarly(ended.lasted())));
            case StreamEnd.Broken broken -> broken(broken.cause(), wasCutEarly(broken.lasted()));
            case StreamEnd.Silent silent -> inspect(Inspecting.INTERRUPTED);
            case StreamEnd.PositionLost lost -> positionLost(lost.reason());
            case StreamEnd.Doubted doubted -> {
                container.reachesBack(new StreamStart.Reach(doubted.storeIsAheadBy(), 0));
                followAgain();
            }
            case StreamEnd.Unreadable unreadable -> {
                boolean early = wasCutEarly(unreadable.lasted());
                cross(batches.resumeFrom(), early);
            }
            case StreamEnd.StandsStill still -> followAgain();
            case StreamEnd.PausedTooLong paused -> followAgain();
        }
    }

    private void broken(Throwable cause, boolean cutEarly) {
        if (EngineFailures.kind(cause) == Kind.NOT_IMPLEMENTED) {
            unreadable(cause);
        } else {
            log.debug("the log of {} broke off", container.name(), cause);
            inspect(Inspecting.INTERRUPTED.after(cutEarly));
        }
    }

    private void positionLost(GapReason reason) {
        String from = batches.cursor();
        resync(
                new Resyncing(reason, from, false, Inspecting.INTERRUPTED),
                tail.limits().lines());
    }

    private boolean wasCutEarly(Duration lasted) {
        requests.connectionLasted(lasted);
        return lasted.compareTo(SHORT_LIVED) < 0;
    }

    private void followAgain() {
        follow();
        // A restart may be the reason, and the new stream has dropped an inspection that was under way.
        listed.ifPresent(this::inspectRestart);
    }

    /** A stream that opened just when the container started has the lines of both runs, and no end between them. */
    private void inspectRestart(Container shown) {
        if (container.mayHaveRestarted(shown)) {
            requests.ask(
                    tail.store().inspect(container.id()),
                    this::markRestart,
                    failure -> log.debug("{} could not be inspected", container.name(), failure));
        }
    }

    private void markRestart(LoggedContainer now) {
        if (container.isNewRun(now) && state instanceof Following following) {
            FollowedContainer.RunStart run = container.newRun(now);
            run.mark().ifPresent(mark -> following.stream().expect(mark, run.at()));
        }
    }

    // Inspecting.

    private void inspect(Inspecting next) {
        state = next;
        inspect(next.rereads());
    }

    /** @param rereads whether to open a stream even when the container has stopped */
    private void inspect(boolean rereads) {
        requests.ask(
                tail.store().inspect(container.id()),
                now -> decide(now, rereads),
                failure -> failed(failure, () -> inspect(rereads)));
    }

    private void decide(LoggedContainer now, boolean rereads) {
        if (container.isNewRun(now)) {
            FollowedContainer.RunStart run = container.newRun(now);
            run.mark().ifPresent(mark -> tail.marker().expect(mark, run.at()));
            follow();
            return;
        }
        container.inspected(now);
        if (!now.alive() && !rereads) {
            stopped();
        } else if (state instanceof Inspecting inspecting && inspecting.cutEarly()) {
            state = Inspecting.INTERRUPTED;
            requests.later(() -> inspect(true));
        } else {
            follow();
        }
    }

    private void stopped() {
        state = Idle.STOPPED;
        container.reportEnd().ifPresent(this::mark);
        if (listed.isEmpty()) {
            // The container is about to be removed, and no further change of the list will report it.
            requests.later(events::unlisted);
        }
    }

    private void failed(Throwable failure, Runnable step) {
        switch (EngineFailures.kind(failure)) {
            case NOT_FOUND -> removed();
            case NOT_IMPLEMENTED -> unreadable(failure);
            default -> requests.later(step);
        }
    }

    /** The log is gone, with the lines that were not read, or were dropped to be read again. */
    private void removed() {
        tail.marker().flush();
        state.gapOnRemoval(batches.cursor()).ifPresent(batches::mark);
        state = Idle.CLOSED;
        mark(container.mark(LogStateKind.REMOVED, null));
        events.removed();
    }

    private void unreadable(Throwable why) {
        state.gapWhenUnreadable(batches.cursor()).ifPresent(batches::mark);
        state = Idle.UNREADABLE;
        mark(container.mark(LogStateKind.UNREADABLE, why.getMessage()));
    }

    // Continuing elsewhere in the log.

    /**
     * The engine's stream does not go on after the last line: finds out where the store does.
     *
     * @param at null for the beginning of the log
     * @param early whether the stream ended as soon as it was open
     */
    private void cross(Cursor at, boolean early) {
        int lines = tail.limits().lines();
        Resyncing crossing =
                new Resyncing(GapReason.DAMAGED, batches.cursor(), false, Inspecting.INTERRUPTED.after(early));
        if (at == null) {
            resync(crossing, lines);
            return;
        }
        state = crossing;
        requests.ask(
                Continuation.join(tail.store(), container.inspection(), at.encode(), lines),
                found -> crossed(at, early, found),
                failure -> failed(failure, () -> cross(at, early)));
    }

    /** After a rotation the position is the same, and a stream that lasted is opened again at once. */
    private void crossed(Cursor at, boolean early, Continuation found) {
        boolean further = !at.equals(found.cursor());
        boolean waits = !further && (early || found.endsDamaged());
        Inspecting then = found.endsDamaged() ? Inspecting.AT_END : Inspecting.INTERRUPTED;
        if (container.isAtDamagedEnd(found)) {
            inspect(then.after(true)); // The gap was reported, and no line follows it yet.
        } else {
            continueWith(found, then.after(waits));
        }
    }

    private void resync(Resyncing next, int maxLines) {
        state = next;
        requests.ask(
                Continuation.resync(tail.store(), container.inspection(), next.reason(), next.from(), maxLines),
                found -> continueWith(found, next.then()),
                failure -> failed(failure, () -> resync(next, maxLines)));
    }

    private void continueWith(Continuation found, Inspecting then) {
        continueFrom(found);
        inspect(then);
    }

    private void continueFrom(Continuation found) {
        found.addTo(batches, container.id());
        container.continues(found);
        batches.flush();
    }

    private void mark(TailMark mark) {
        batches.mark(mark);
        batches.flush();
    }
}
