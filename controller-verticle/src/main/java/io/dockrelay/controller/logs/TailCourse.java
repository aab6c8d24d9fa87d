package io.dockrelay.controller.logs;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.docker.DockerEngine;
import io.dockrelay.docker.DockerEngineException.Kind;
import io.dockrelay.protocol.logs.GapReason;
import io.dockrelay.protocol.logs.LogStateKind;
import io.dockrelay.protocol.logs.TailMark;
import io.dockrelay.protocol.state.Container;

/**
 * What a tail does when its stream ends: it looks at the container, and attaches again, or waits for its next run, or
 * for the container that takes its place. Belongs to a {@link LogTailer}, on its context.
 *
 * <p>The bus is only a reason to look; what is done follows from the engine's own answer. So a message that was lost or
 * came twice changes nothing.
 */
final class TailCourse implements Follow.Events {

    private static final Logger log = LoggerFactory.getLogger(TailCourse.class);

    /** A mark waits no longer than this for the first line behind it. */
    private static final Duration MARK_WAITS = Duration.ofMillis(250);

    /** A stream that was cut so early is opened again with a delay only. */
    private static final Duration SHORT_LIVED = Duration.ofSeconds(1);

    private enum Phase {
        /** There is no container. */
        WAITING,
        FOLLOWING,
        /** There is one, between two runs. */
        STOPPED,
        UNREADABLE
    }

    /** What the tailer does for the course. */
    interface Tail {

        /** There may be something to deliver. */
        void poke();

        /** The container's name from here on. */
        void named(String name);
    }

    private final Vertx vertx;
    private final DockerEngine engine;
    private final StoreReader store;
    private final EngineSteps steps;
    private final Succession succession;
    private final int maxLines;
    private final Outbox outbox;
    private final RunBoundary boundary;
    private final Tail tail;

    private Phase phase = Phase.WAITING;
    private ContainerDirectory directory = ContainerDirectory.UNKNOWN;
    private String name;

    /** As last looked at; null until there was a container. */
    private LogSource source;

    /** Null unless attached. */
    private Follow follow;

    /** By the nanosecond clock. */
    private long attachedAt;

    /** Whether the end of the present run was told already. */
    private boolean endTold;

    /** Whether the stream was given up because the reader has stalled. */
    private boolean detached;

    private long markTimer = -1;

    TailCourse(Vertx vertx, DockerEngine engine, String name, int maxLines, Outbox outbox, Tail tail) {
        this.vertx = vertx;
        this.engine = engine;
        this.store = new StoreReader(vertx, engine);
        this.steps = new EngineSteps(vertx);
        this.succession = new Succession(name);
        this.name = name;
        this.maxLines = maxLines;
        this.outbox = outbox;
        this.boundary = new RunBoundary(outbox);
        this.tail = tail;
    }

    /** Goes on from where the snapshot ends. */
    void begin(Opening opening, ContainerDirectory known) {
        directory = known;
        source = opening.source();
        if (source == null) {
            seekSuccessor();
            return;
        }
        outbox.begin(source.id(), opening.cursor());
        if (opening.readable()) {
            attach();
        } else {
            phase = Phase.UNREADABLE;
        }
    }

    /** The containers are others than they were. */
    void look(ContainerDirectory changed) {
        ContainerDirectory before = directory;
        directory = changed;
        Optional<Container> own = source == null ? Optional.empty() : directory.byId(source.id());
        own.ifPresent(this::renamed);
        boolean news = source != null && !own.equals(before.byId(source.id()));
        switch (phase) {
            case WAITING -> seekSuccessor();
            case STOPPED, UNREADABLE -> {
                if (own.isEmpty()) {
                    // Either it was removed, or another is in its place.
                    seekSuccessor();
                } else if (news && phase == Phase.STOPPED) {
                    lookAtContainer(false);
                }
            }
            case FOLLOWING -> {}
        }
    }

    /** The engine answers again. */
    void engineAvailable() {
        steps.now();
    }

    /** The reader takes again. */
    void ready() {
        if (detached) {
            detached = false;
            attach();
        } else if (follow != null && follow.paused() && !outbox.isFull()) {
            follow.resume();
        }
    }

    /** The reader has waited for so long that the stream cannot be trusted any more. */
    void stalled() {
        if (phase == Phase.FOLLOWING && !detached) {
            detached = true;
            detach();
            steps.abandon();
        }
    }

    /** Goes to the newest line, with a gap behind {@code delivered}. */
    void jump(String delivered) {
        detached = false;
        detach();
        outbox.dropLines();
        if (phase == Phase.FOLLOWING || phase == Phase.STOPPED) {
            present(GapReason.SLOW_CLIENT, delivered);
        }
        tail.poke();
    }

    void close() {
        detach();
        steps.abandon();
    }

    @Override
    public void chunk() {
        tail.poke();
        if (outbox.isFull()) {
            follow.pause();
        }
    }

    @Override
    public void ended() {
        boundary.flush();
        tail.poke();
        cut();
        lookAtContainer(false);
    }

    @Override
    public void broken(Throwable cause) {
        cut();
        if (EngineFailures.kind(cause) == Kind.NOT_IMPLEMENTED) {
            phase = Phase.UNREADABLE;
            mark(LogStateKind.UNREADABLE, cause.getMessage());
        } else {
            log.debug("the log of {} broke off", name, cause);
            lookAtContainer(true);
        }
    }

    @Override
    public void quiet() {
        attach();
    }

    @Override
    public void lost() {
        detach();
        present(GapReason.ROTATED, outbox.cursor());
    }

    private void attach() {
        detach();
        steps.abandon();
        phase = Phase.FOLLOWING;
        attachedAt = System.nanoTime();
        follow = new Follow(vertx, engine, source, outbox.resumeFrom(), boundary, this);
        if (outbox.isFull()) {
            follow.pause();
        }
        follow.start();
    }

    private void detach() {
        if (follow != null) {
            follow.cancel();
            follow = null;
        }
        if (markTimer >= 0) {
            boolean unused = vertx.cancelTimer(markTimer);
            markTimer = -1;
        }
    }

    /** The stream is over by itself. */
    private void cut() {
        steps.connectionLasted(Duration.ofNanos(System.nanoTime() - attachedAt));
        detach();
    }

    /** @param broken whether the stream broke, so that there may be lines of this run left to read */
    private void lookAtContainer(boolean broken) {
        steps.ask(
                store.inspect(source.id()),
                now -> decide(now.named(source.fullName()), broken),
                failure -> failed(failure, () -> lookAtContainer(broken)));
    }

    private void decide(LogSource now, boolean broken) {
        LogSource before = source;
        source = now;
        if (now.isNewRunAfter(before)) {
            newRun(before);
        } else if (now.alive() || broken) {
            attachAgain();
        } else {
            stopped(now);
        }
    }

    /** The stream may have been cut before all of the last run was read: the mark waits for its place. */
    private void newRun(LogSource before) {
        endTold = false;
        LogStateKind kind = before.startedAt() == null ? LogStateKind.FOLLOWING : LogStateKind.RESTARTED;
        boundary.expect(new TailMark.State(kind, name, source.startedAt(), null), source.betweenRuns());
        attach();
        awaitMark();
    }

    /** The first line behind a mark takes it along; without one, it goes by itself. */
    private void awaitMark() {
        markTimer = vertx.setTimer(MARK_WAITS.toMillis(), fired -> {
            markTimer = -1;
            if (follow != null && follow.isLive()) {
                boundary.flush();
                tail.poke();
            } else if (follow != null) {
                awaitMark();
            }
        });
    }

    private void attachAgain() {
        boolean early = System.nanoTime() - attachedAt < SHORT_LIVED.toNanos();
        if (early) {
            steps.later(this::attach);
        } else {
            attach();
        }
    }

    private void stopped(LogSource now) {
        phase = Phase.STOPPED;
        if (!endTold && now.startedAt() != null) {
            endTold = true;
            outbox.mark(new TailMark.State(
                    LogStateKind.STOPPED, name, now.finishedAt(), "It ended with exit code " + now.exitCode() + "."));
            tail.poke();
        }
        if (directory.byId(source.id()).isEmpty()) {
            // It is about to go, and nobody will tell again.
            steps.later(this::seekSuccessor);
        }
    }

    private void failed(Throwable failure, Runnable again) {
        if (EngineFailures.kind(failure) == Kind.NOT_FOUND) {
            phase = Phase.WAITING;
            mark(LogStateKind.REMOVED, null);
            seekSuccessor();
        } else {
            steps.later(again);
        }
    }

    /** Ours is gone, or not in the list any more: another may be in its place. */
    private void seekSuccessor() {
        Optional<Container> next = succession.candidate(directory, source);
        if (next.isPresent()) {
            steps.ask(
                    store.inspect(next.get().id()),
                    found -> found(found, next.get()),
                    failure -> steps.later(this::seekSuccessor));
        } else if (phase != Phase.WAITING) {
            lookAtContainer(false);
        }
    }

    private void found(LogSource found, Container candidate) {
        if (!succession.accepts(found, source)) {
            seekSuccessor();
            return;
        }
        boolean first = source == null;
        source = found;
        endTold = false;
        name = candidate.name();
        tail.named(name);
        mark(first ? LogStateKind.FOLLOWING : LogStateKind.RECREATED, null);
        if (first) {
            beginLate();
        } else {
            outbox.begin(source.id(), null);
            attach();
        }
    }

    /** A container that was waited for: all of its log, as far as a snapshot would have held it. */
    private void beginLate() {
        steps.ask(
                store.scan(source.id(), source.terminal(), PagePlan.newest(maxLines)),
                read -> {
                    LineRing.Page page = read.scan().before().take(source.id());
                    outbox.begin(source.id(), page.last());
                    if (page.last() != null) {
                        outbox.lines(page.lines(), page.last());
                    }
                    tail.poke();
                    attach();
                },
                failure -> lateFailed(failure));
    }

    private void lateFailed(Throwable failure) {
        if (EngineFailures.kind(failure) == Kind.NOT_IMPLEMENTED) {
            broken(failure);
        } else {
            failed(failure, this::beginLate);
        }
    }

    private void present(GapReason reason, String from) {
        steps.ask(
                store.scan(source.id(), source.terminal(), PagePlan.newest(1)),
                read -> {
                    LineRing.Page page = read.scan().before().take(source.id());
                    String to = page.last() == null ? null : page.last().encode();
                    outbox.begin(source.id(), page.last());
                    if (to == null || !to.equals(from)) {
                        outbox.mark(new TailMark.Gap(reason, from, to, null));
                    }
                    if (to != null && !to.equals(from)) {
                        outbox.lines(page.lines(), page.last());
                    }
                    tail.poke();
                    attach();
                },
                failure -> failed(failure, () -> present(reason, from)));
    }

    private void renamed(Container own) {
        boolean byHand = !own.fullName().equals(source.fullName()) && !ContainerDirectory.inTheMaking(own.fullName());
        if (!byHand && own.name().equals(name)) {
            return;
        }
        if (byHand) {
            source = source.named(own.fullName());
        }
        if (!ContainerDirectory.inTheMaking(own.fullName())) {
            name = own.name();
            tail.named(name);
        }
        if (byHand) {
            mark(LogStateKind.RENAMED, null);
            tail.poke();
        }
    }

    private void mark(LogStateKind kind, String message) {
        outbox.mark(new TailMark.State(kind, name, Instant.now(), message));
        tail.poke();
    }
}
