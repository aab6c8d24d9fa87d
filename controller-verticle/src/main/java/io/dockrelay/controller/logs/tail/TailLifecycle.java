package io.dockrelay.controller.logs.tail;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.controller.logs.store.EngineFailures;
import io.dockrelay.controller.logs.store.LineWindow;
import io.dockrelay.controller.logs.store.LoggedContainer;
import io.dockrelay.controller.logs.store.PageCollector;
import io.dockrelay.controller.logs.store.PageQuery;
import io.dockrelay.controller.logs.store.StoreReader;
import io.dockrelay.docker.DockerEngine;
import io.dockrelay.docker.DockerEngineException.Kind;
import io.dockrelay.protocol.logs.Cursor;
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
 *
 * <p>Longer than other files: it is one machine of four phases, and its transitions are read best side by side.
 */
final class TailLifecycle implements FollowStream.Events {

    private static final Logger log = LoggerFactory.getLogger(TailLifecycle.class);

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

    private final StoreReader store;
    private final EngineRequests steps;
    private final SuccessorFinder succession;
    private final StreamAttachment attachment;
    private final TailLimits limits;
    private final OutgoingBatches outbox;
    private final Tail tail;

    private Phase phase = Phase.WAITING;
    private ContainerDirectory directory = ContainerDirectory.UNKNOWN;
    private String name;

    /** As last looked at; null until there was a container. */
    private LoggedContainer source;

    /** Encoded position from which a container that is waited for is to be continued; null for its beginning. */
    private String wanted;

    /** Whether the end of the last run was seen, and told. */
    private boolean endTold;

    /** Whether the last stream ended as soon as it was there. */
    private boolean cutEarly;

    /** Whether the stream was given up because the reader has stalled. */
    private boolean stalled;

    /** Whether nothing of the container's log is left to be read, as far as one knows. */
    private boolean readToEnd = true;

    /** Whether the reader wants the present, and that is being looked for. */
    private boolean jumping;

    /** Whether anything was dropped for that, of which no gap tells yet. */
    private boolean dropped;

    TailLifecycle(Vertx vertx, DockerEngine engine, String name, TailLimits limits, OutgoingBatches outbox, Tail tail) {
        this.store = new StoreReader(vertx, engine);
        this.steps = new EngineRequests(vertx);
        this.succession = new SuccessorFinder(name);
        this.attachment = new StreamAttachment(vertx, engine, outbox, limits, this, tail::poke);
        this.name = name;
        this.limits = limits;
        this.outbox = outbox;
        this.tail = tail;
    }

    /** Goes on from where the snapshot ends. */
    void begin(TailStart opening, ContainerDirectory known) {
        directory = known;
        source = opening.source();
        if (source == null) {
            wanted = opening.snapshot().cursor();
            seekSuccessor();
            return;
        }
        outbox.begin(source.id(), opening.cursor());
        if (opening.readable()) {
            attachment.reachesBack(opening.window(), opening.stored());
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
        switch (phase) {
            case WAITING -> {
                // One that was waited for is there, and being read for the first time.
                if (source == null || own.isEmpty()) {
                    seekSuccessor();
                }
            }
            case STOPPED, UNREADABLE -> {
                // Behind a jump a look follows anyway, and until then its gap must not be forgotten.
                if (!jumping) {
                    lookBetweenRuns(own, before);
                }
            }
            case FOLLOWING -> own.ifPresent(this::restartedUnnoticed);
        }
    }

    private void lookBetweenRuns(Optional<Container> own, ContainerDirectory before) {
        if (own.isEmpty()) {
            seekSuccessor();
        } else if (phase == Phase.STOPPED && !own.equals(before.byId(source.id()))) {
            lookAtContainer(false);
        }
    }

    /** The engine answers again. */
    void engineAvailable() {
        steps.now();
    }

    /** The reader takes again. */
    void ready() {
        if (stalled) {
            stalled = false;
            lookAtContainer(true);
        } else {
            attachment.goOn();
        }
    }

    /** The reader has waited for so long that the log may have rotated under the stream. */
    void stalled() {
        if (attachment.attached()) {
            stalled = true;
            attachment.detach();
            steps.abandon();
        }
    }

    /** Goes to the newest line, with a gap behind {@code delivered}; where there is no log, what was read is the newest. */
    void jump(String delivered) {
        stalled = false;
        if (phase == Phase.FOLLOWING || phase == Phase.STOPPED) {
            attachment.detach();
            dropped |= outbox.dropLines(delivered);
            jumping = true;
            present(GapReason.SLOW_CLIENT, delivered, 1);
        }
        tail.poke();
    }

    void close() {
        attachment.detach();
        steps.abandon();
    }

    @Override
    public void chunk() {
        tail.poke();
        attachment.holdBack();
    }

    @Override
    public void ended() {
        cut();
        readToEnd = true;
        attachment.ended();
        tail.poke();
        lookAtContainer(false);
    }

    @Override
    public void broken(Throwable cause) {
        cut();
        attachment.detach();
        if (EngineFailures.kind(cause) == Kind.NOT_IMPLEMENTED) {
            unreadable(cause);
        } else {
            log.debug("the log of {} broke off", name, cause);
            lookAtContainer(true);
        }
    }

    @Override
    public void quiet() {
        attachment.detach();
        lookAtContainer(true);
    }

    @Override
    public void lost() {
        attachment.detach();
        present(GapReason.ROTATED, outbox.cursor(), limits.lines());
    }

    @Override
    public void doubted() {
        attachment.reachesBack(attachment.storeIsAheadBy(), 0);
        attachAnew();
    }

    @Override
    public void still() {
        attachAnew();
    }

    private void attachAnew() {
        tail.poke();
        attach();
        // A restart may be the reason, and a look for one that was under way has been dropped.
        directory.byId(source.id()).ifPresent(this::restartedUnnoticed);
    }

    private void attach() {
        steps.abandon();
        phase = Phase.FOLLOWING;
        readToEnd = false;
        cutEarly = false;
        attachment.attach(source);
    }

    private void cut() {
        cutEarly = attachment.lasted().compareTo(SHORT_LIVED) < 0;
        steps.connectionLasted(attachment.lasted());
    }

    /** @param broken whether the stream broke, so that there may be lines of this run left to read */
    private void lookAtContainer(boolean broken) {
        steps.ask(
                store.inspect(source.id()),
                now -> decide(now.named(source.fullName()), broken),
                failure -> failed(failure, () -> lookAtContainer(broken)));
    }

    private void decide(LoggedContainer now, boolean broken) {
        LoggedContainer before = source;
        source = now;
        if (now.isNewRunAfter(before)) {
            newRun(before);
        } else if (!now.alive() && !broken) {
            stopped(now);
        } else if (cutEarly) {
            cutEarly = false;
            readToEnd = false;
            steps.later(() -> lookAtContainer(true));
        } else {
            attach();
        }
    }

    /** Unless the last run's end was seen, the stream may have been cut before all of it was read. */
    private void newRun(LoggedContainer before) {
        Instant place = placeOfRunAfter(before);
        endTold = false;
        attach();
        attachment.expect(markOfRunAfter(before), place);
    }

    private TailMark.State markOfRunAfter(LoggedContainer before) {
        LogStateKind kind = before.startedAt() == null ? LogStateKind.FOLLOWING : LogStateKind.RESTARTED;
        return new TailMark.State(kind, name, source.startedAt(), null);
    }

    /** In front of the next line, where no line of a run before can come any more. */
    private Instant placeOfRunAfter(LoggedContainer before) {
        return endTold || before.startedAt() == null ? Instant.EPOCH : source.betweenRuns();
    }

    /** A stream that was opened just when the container started has the lines of both runs, and no end between them. */
    private void restartedUnnoticed(Container own) {
        boolean maybe = own.running() && !Objects.equals(own.details().startedAt(), source.startedAt());
        if (maybe && attachment.attached()) {
            steps.ask(store.inspect(source.id()), this::expectRestart, failure -> log.debug("no look at {}", name));
        }
    }

    private void expectRestart(LoggedContainer now) {
        if (now.isNewRunAfter(source) && attachment.attached()) {
            LoggedContainer before = source;
            source = now.named(source.fullName());
            attachment.expect(markOfRunAfter(before), placeOfRunAfter(before));
        }
    }

    private void stopped(LoggedContainer now) {
        phase = Phase.STOPPED;
        cutEarly = false;
        if (!endTold && now.startedAt() != null) {
            endTold = true;
            String message = "It ended with exit code " + now.exitCode() + ".";
            mark(new TailMark.State(LogStateKind.STOPPED, name, now.finishedAt(), message));
        }
        if (directory.byId(source.id()).isEmpty()) {
            // It is about to go, and nobody will tell again.
            steps.later(this::seekSuccessor);
        }
    }

    private void failed(Throwable failure, Runnable again) {
        if (EngineFailures.kind(failure) == Kind.NOT_FOUND) {
            phase = Phase.WAITING;
            attachment.ended();
            tellUnread();
            mark(LogStateKind.REMOVED, null);
            seekSuccessor();
        } else if (EngineFailures.kind(failure) == Kind.NOT_IMPLEMENTED) {
            unreadable(failure);
        } else {
            steps.later(again);
        }
    }

    /** The log is gone, and with it what was not read of it, or was dropped to be read again. */
    private void tellUnread() {
        if (dropped || !readToEnd) {
            tellGap(GapReason.REMOVED);
        }
        readToEnd = true;
        jumping = false;
        wanted = null;
    }

    /** Behind all that was read, up to whatever comes next. */
    private void tellGap(GapReason reason) {
        dropped = false;
        outbox.mark(new TailMark.Gap(reason, wanted == null ? outbox.cursor() : wanted, null, null));
    }

    private void unreadable(Throwable why) {
        phase = Phase.UNREADABLE;
        if (dropped) {
            tellGap(GapReason.SLOW_CLIENT);
        }
        readToEnd = true;
        jumping = false;
        mark(LogStateKind.UNREADABLE, why.getMessage());
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

    private void found(LoggedContainer found, Container candidate) {
        if (!succession.accepts(found, source)) {
            seekSuccessor();
            return;
        }
        boolean first = source == null;
        if (!first && wanted != null) {
            tellUnread(); // the one that was waited for has come and gone
        }
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

    /** A container that was waited for: what follows the wanted place, or all, as far as a snapshot would hold it. */
    private void beginLate() {
        readToEnd = false;
        if (wanted == null) {
            newest(limits.lines(), page -> takeNewest(page, true), this::beginLate);
            return;
        }
        Optional<Cursor> cursor = Cursor.tryDecode(wanted);
        if (cursor.isEmpty() || !cursor.get().containerId().equals(source.id())) {
            present(cursor.isEmpty() ? GapReason.UNKNOWN : GapReason.REMOVED, wanted, limits.lines());
            return;
        }
        steps.ask(
                store.scan(source.id(), source.terminal(), PageQuery.locate(cursor.get())),
                located -> resumeLate(cursor.get(), located.scan()),
                failure -> failed(failure, this::beginLate));
    }

    private void resumeLate(Cursor cursor, PageCollector scan) {
        if (scan.anchorIndex() < 0) {
            present(GapReason.ROTATED, wanted, limits.lines());
            return;
        }
        wanted = null;
        outbox.begin(source.id(), cursor);
        attachment.reachesBack(scan.entries(), scan.behindAnchor());
        lookAtContainer(true);
    }

    /**
     * The newest, behind a gap if lines are missing.
     *
     * @param most lines
     */
    private void present(GapReason reason, String from, int most) {
        newest(most, page -> presentFound(page, reason, from), () -> present(reason, from, most));
    }

    private void presentFound(LineWindow.Page page, GapReason reason, String from) {
        jumping = false;
        dropped = false;
        wanted = null;
        boolean missing = page.last() == null || !page.cursor().equals(from);
        if (missing) {
            outbox.mark(new TailMark.Gap(reason, from, page.first(), null));
        }
        takeNewest(page, missing);
    }

    private void takeNewest(LineWindow.Page page, boolean withLines) {
        outbox.begin(source.id(), page.last());
        if (withLines && page.last() != null) {
            outbox.lines(page);
        }
        tail.poke();
        lookAtContainer(true);
    }

    private void newest(int lines, Consumer<LineWindow.Page> taken, Runnable again) {
        steps.ask(
                store.scan(source.id(), source.terminal(), PageQuery.newest(lines)),
                read -> taken.accept(read.scan().before().take(source.id())),
                failure -> failed(failure, again));
    }

    private void renamed(Container own) {
        if (ContainerDirectory.inTheMaking(own.fullName())) {
            return;
        }
        boolean byHand = !own.fullName().equals(source.fullName());
        if (byHand || !own.name().equals(name)) {
            source = source.named(own.fullName());
            name = own.name();
            tail.named(name);
        }
        if (byHand) {
            mark(LogStateKind.RENAMED, null);
        }
    }

    private void mark(LogStateKind kind, String message) {
        mark(new TailMark.State(kind, name, Instant.now(), message));
    }

    private void mark(TailMark mark) {
        outbox.mark(mark);
        tail.poke();
    }
}
