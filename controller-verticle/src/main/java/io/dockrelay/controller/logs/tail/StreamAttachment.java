package io.dockrelay.controller.logs.tail;

import java.time.Duration;
import java.time.Instant;

import io.vertx.core.Vertx;

import io.dockrelay.controller.logs.rotation.RotationGuard;
import io.dockrelay.controller.logs.store.LoggedContainer;
import io.dockrelay.docker.DockerEngine;
import io.dockrelay.protocol.logs.TailMark;

/**
 * A course's stream, as long as it has one: opened where the outbox ends, held back while the outbox is full, and with
 * the mark of a new run put in its place. Belongs to a {@link TailLifecycle}, on its context.
 */
final class StreamAttachment {

    /** A mark waits no longer than this for the first line behind it. */
    private static final Duration MARK_WAITS = Duration.ofMillis(250);

    private final Vertx vertx;
    private final DockerEngine engine;
    private final OutgoingBatches outbox;
    private final RestartMarker boundary;
    private final TailLimits limits;
    private final FollowStream.Events events;
    private final Runnable poke;

    /** Null unless attached. */
    private FollowStream follow;

    /** Of the stream that is, or was, attached. */
    private LoggedContainer source;

    private RotationGuard guard = new RotationGuard(0);

    /** By the nanosecond clock; of no meaning unless paused. */
    private long pausedAt;

    /** By the nanosecond clock. */
    private long attachedAt;

    private long markTimer = -1;

    /** Of the store's newest entries, about so many reach back to where the next stream begins; 0 if nobody knows. */
    private long window;

    /** So many entries behind that are certain to be in the store already. */
    private long stored;

    StreamAttachment(
            Vertx vertx,
            DockerEngine engine,
            OutgoingBatches outbox,
            TailLimits limits,
            FollowStream.Events events,
            Runnable poke) {
        this.vertx = vertx;
        this.engine = engine;
        this.outbox = outbox;
        this.boundary = new RestartMarker(outbox);
        this.limits = limits;
        this.events = events;
        this.poke = poke;
    }

    /**
     * The next stream need not search.
     *
     * @param entries of the store's newest, so many or about so many reach back to the outbox's end
     * @param behind so many entries behind that are certain to be in the store already; 0 if nobody knows
     */
    void reachesBack(long entries, long behind) {
        window = entries;
        stored = behind;
    }

    /** About how many entries the store is ahead of the stream; 0 when that is unknown. */
    int storeIsAheadBy() {
        return guard.storeIsAheadBy();
    }

    /** Follows from where the outbox ends; a stream that was open is left. */
    void attach(LoggedContainer attached) {
        detach();
        boolean another = source == null || !source.id().equals(attached.id());
        if (another) {
            guard = new RotationGuard(attached.fileBytes());
        }
        if (another && source != null) {
            reachesBack(0, 0); // it was the other's
        }
        source = attached;
        attachedAt = System.nanoTime();
        follow = new FollowStream(vertx, engine, source, outbox.resumeFrom(), boundary, guard, limits.quiet(), events);
        long known = window;
        long behind = stored;
        window = 0;
        stored = 0;
        holdBack();
        follow.start(known, behind);
        if (boundary.waiting()) {
            awaitMark();
        }
    }

    /** Puts a mark before the first line that is not older than {@code at}. */
    void expect(TailMark mark, Instant at) {
        boundary.expect(mark, at);
        stopTimer();
        awaitMark();
    }

    boolean attached() {
        return follow != null;
    }

    /** Leaves the stream, if there is one. */
    void detach() {
        if (follow != null) {
            follow.cancel();
            follow = null;
        }
        stopTimer();
    }

    /** The engine ended the log by itself: no line comes any more that a mark could wait for. */
    void ended() {
        boundary.flush();
        detach();
    }

    /** How long it has been, or was, attached. */
    Duration lasted() {
        return Duration.ofNanos(System.nanoTime() - attachedAt);
    }

    /** Pauses the engine while the outbox is full. */
    void holdBack() {
        if (follow != null && outbox.isFull() && !follow.paused()) {
            pausedAt = System.nanoTime();
            follow.pause();
        }
    }

    /** The outbox has been emptied a little. Behind a long pause the stream is not the whole log any more. */
    void goOn() {
        if (follow == null || !follow.paused() || outbox.isFull()) {
            return;
        }
        if (System.nanoTime() - pausedAt > limits.trustedPause().toNanos()) {
            attach(source);
        } else {
            follow.resume();
        }
    }

    private void stopTimer() {
        if (markTimer >= 0) {
            boolean unused = vertx.cancelTimer(markTimer);
            markTimer = -1;
        }
    }

    /** The first line behind a mark takes it along; when there is none, it goes by itself. */
    private void awaitMark() {
        markTimer = vertx.setTimer(MARK_WAITS.toMillis(), fired -> {
            markTimer = -1;
            if (follow.isLive() && !follow.paused()) {
                boundary.flush();
                poke.run();
            } else {
                awaitMark();
            }
        });
    }
}
