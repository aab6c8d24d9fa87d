package io.dockrelay.controller.logs.tail;

import java.time.Instant;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.controller.logs.rotation.RotationFaults;
import io.dockrelay.controller.logs.store.LoggedContainer;
import io.dockrelay.controller.logs.tail.FollowerState.Joining;
import io.dockrelay.protocol.logs.LogStateKind;
import io.dockrelay.protocol.logs.TailMark;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.state.ContainerList;

/**
 * A tail over all containers that it follows: waits for the first one, gives it a {@link ContainerFollower}, and looks for
 * the next container when that one is gone. Belongs to a {@link LogTailer}, on its context, and ends with {@link #close}.
 */
final class TailLifecycle implements BatchSender.Events, ContainerFollower.Events {

    private static final Logger log = LoggerFactory.getLogger(TailLifecycle.class);

    private sealed interface State {

        enum Idle implements State {
            /** The first batch was not sent yet. */
            NOT_STARTED,
            CLOSED
        }

        /**
         * There is no container to follow.
         *
         * @param resumeFrom encoded position from which the first container is continued; null for its newest lines
         * @param lines how many of its newest lines, if there is no position
         * @param gone the container that was removed; null when there was none yet
         */
        record Waiting(String resumeFrom, int lines, LoggedContainer gone) implements State {}

        record Attached(ContainerFollower follower) implements State {}
    }

    private final TailContext tail;
    private final EngineRequests requests;
    private final SuccessorFinder successors;
    private final Runnable onReaderGone;

    private State state = State.Idle.NOT_STARTED;
    private ContainerList directory = ContainerList.EMPTY;

    /**
     * @param requested the name that was subscribed to
     * @param onReaderGone called at most once; the lifecycle is closed by then
     */
    TailLifecycle(TailContext tail, String requested, Runnable onReaderGone) {
        this.tail = tail;
        this.requests = new EngineRequests(tail.vertx());
        this.successors = new SuccessorFinder(requested);
        this.onReaderGone = onReaderGone;
    }

    /** Continues where the snapshot ends. */
    void begin(TailStart start, ContainerList known) {
        directory = known;
        if (start.source() == null) {
            state = new State.Waiting(start.snapshot().cursor(), start.backlog(), null);
            seekSuccessor();
            return;
        }
        ContainerFollower follower = attach(start.source(), tail.batches().name());
        if (start.next() == null) {
            follower.startUnreadable();
        } else {
            follower.start(start.next());
        }
    }

    /** The container list has changed. Does nothing before {@link #begin} or after {@link #close}. */
    void containersChanged(ContainerList changed) {
        directory = changed;
        switch (state) {
            case State.Waiting waiting -> {
                if (waiting.gone == null || directory.byId(waiting.gone.id()).isEmpty()) {
                    seekSuccessor();
                }
            }
            case State.Attached attached -> containersChanged(attached.follower);
            case State.Idle idle -> {}
        }
    }

    private void containersChanged(ContainerFollower follower) {
        Optional<Container> listed = directory.byId(follower.inspection().id());
        follower.listed(listed);
        if (listed.isEmpty() && follower.isReplaceable()) {
            seekSuccessor();
        }
    }

    /** The engine answers again. */
    void engineAvailable() {
        requests.now();
    }

    void close() {
        if (state instanceof State.Attached attached) {
            attached.follower.close();
        }
        requests.abandon();
        state = State.Idle.CLOSED;
    }

    // Events of the reader.

    @Override
    public void ready() {
        if (state instanceof State.Attached attached) {
            attached.follower.batchTaken();
        }
    }

    @Override
    public void stalled() {
        if (state instanceof State.Attached attached) {
            attached.follower.readerStalled();
        }
    }

    @Override
    public void jump() {
        if (state instanceof State.Attached attached) {
            attached.follower.jump();
        }
        tail.batches().flush();
    }

    @Override
    public void gone(String why) {
        log.debug("the tail of {} ends: {}", tail.batches().name(), why);
        close();
        onReaderGone.run();
    }

    // Events of the follower.

    @Override
    public void unlisted() {
        seekSuccessor();
    }

    @Override
    public void removed() {
        state = new State.Waiting(null, tail.limits().lines(), containerOrNull());
        seekSuccessor();
    }

    // Finding the next container.

    /** Looks for the first container, or for one that takes the place of the container that is gone or not listed. */
    private void seekSuccessor() {
        Optional<Container> candidate = successors.candidate(directory, containerOrNull());
        if (candidate.isPresent()) {
            requests.ask(
                    tail.store().inspect(candidate.get().id()),
                    inspected -> inspected(inspected, candidate.get()),
                    failure -> requests.later(this::seekSuccessor));
        } else if (state instanceof State.Attached attached) {
            attached.follower.withoutSuccessor();
        }
    }

    private void inspected(LoggedContainer inspected, Container candidate) {
        if (!successors.accepts(inspected, containerOrNull())) {
            seekSuccessor();
            return;
        }
        boolean first = containerOrNull() == null;
        Joining join = state instanceof State.Waiting waiting
                ? new Joining(waiting.resumeFrom, waiting.lines)
                : new Joining(null, tail.limits().lines());
        if (state instanceof State.Attached attached) {
            attached.follower.replaced();
        }
        ContainerFollower follower = attach(inspected, candidate.name());
        if (first) {
            follower.join(join);
        } else {
            tail.batches().mark(new TailMark.State(LogStateKind.RECREATED, candidate.name(), Instant.now(), null));
            tail.batches().flush();
            follower.start(Continuation.FROM_BEGINNING);
        }
    }

    private ContainerFollower attach(LoggedContainer inspected, String name) {
        tail.batches().name(name);
        var faults = RotationFaults.of(tail.engine().version());
        var container = new FollowedContainer(inspected, name, faults);
        var follower = new ContainerFollower(tail, requests, container, directory.byId(inspected.id()), this);
        state = new State.Attached(follower);
        return follower;
    }

    /** The container that is followed, or was followed last; null when there was none yet. */
    private LoggedContainer containerOrNull() {
        return switch (state) {
            case State.Waiting waiting -> waiting.gone;
            case State.Attached attached -> attached.follower.inspection();
            case State.Idle idle -> null;
        };
    }
}
