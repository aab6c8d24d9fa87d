package io.dockrelay.relay.channel.catchup;

import java.util.List;

import io.vertx.core.Future;

import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.logs.Cursor;
import io.dockrelay.protocol.logs.GapReason;
import io.dockrelay.protocol.logs.LogSlice;
import io.dockrelay.protocol.logs.LogSnapshot;
import io.dockrelay.protocol.logs.LogStateKind;
import io.dockrelay.protocol.logs.Resumption;
import io.dockrelay.protocol.logs.TailMark;
import io.dockrelay.protocol.wire.ClientMessage.SubscribeLogs;
import io.dockrelay.relay.channel.ring.Ring;
import io.dockrelay.relay.channel.ring.RingPosition;

/**
 * Finds the backlog of a subscriber that joins, and the position right after it where the live part continues: the backlog
 * is read up to and with the channel's position at that moment, so there is neither gap nor overlap. Made for one join, on
 * the channel's context.
 */
public final class Join {

    /** How a join ends; it fails when the store cannot be read now, or when the subscription is refused. */
    public sealed interface Outcome {}

    /**
     * The subscriber has its backlog.
     *
     * @param rest follows the snapshot in frames of its own, before the live part
     * @param position where the live part continues
     * @param gap reported right after the snapshot; null when nothing is missing
     */
    public record Joined(LogSnapshot snapshot, List<LogSlice> rest, RingPosition position, TailMark.Gap gap)
            implements Outcome {

        /** Bytes of the lines that wait for the subscriber. */
        public long bytes() {
            return snapshot.lines().size()
                    + rest.stream().mapToLong(slice -> slice.lines().size()).sum();
        }
    }

    /** The channel has not reached the subscriber's position yet: join again when it has read more. */
    public record ChannelBehind() implements Outcome {}

    /**
     * There is no container of that name, and it is not known that it was removed: a container that is renamed for a moment has
     * its lines again after it. Join again when the ring has something new.
     *
     * @param snapshot for the time until then: without lines, at the subscriber's own position
     * @param at the end of the ring when this join began
     */
    public record ContainerMissing(LogSnapshot snapshot, RingPosition at) implements Outcome {}

    /** Bytes of a snapshot besides its lines and their stream letters. */
    private static final int HEAD = 2048;

    /** Newest lines for a subscriber that requested none but cannot be resumed: the gap has to end somewhere. */
    private static final int NEWEST_LINES = 100;

    /** Reads of one backlog, when the ring moves on beyond it or its end was rotated away. */
    private static final int MAX_READS = 4;

    private final StorePages pages;
    private final Ring ring;
    private final ChannelLimits limits;

    public Join(StorePages pages, Ring ring, ChannelLimits limits) {
        this.pages = pages;
        this.ring = ring;
        this.limits = limits;
    }

    public Future<Outcome> join(SubscribeLogs request) {
        int lines = Math.min(request.lines(), limits.lines());
        RingPosition begin = ring.end();
        Future<Outcome> outcome =
                request.after() == null ? fresh(lines, 1).map(joined -> joined) : resume(request.after(), lines);
        return outcome.recover(failure -> request.waiting() && Refusal.is(RefusalKind.NO_SUCH_CONTAINER, failure)
                ? Future.succeededFuture(withoutStore(request.after(), begin))
                : Future.failedFuture(failure));
    }

    /**
     * There is no container of that name. A subscriber that does not resume starts empty. One that resumes gets a gap if the
     * channel knows that the container was removed: its log is gone, too. Otherwise the container may only have another name
     * for a moment, and all its lines again after it.
     */
    private Outcome withoutStore(String after, RingPosition begin) {
        RingPosition end = ring.end();
        if (after == null) {
            return new Joined(withoutLines(end.cursor(), false, Resumption.FRESH), List.of(), end, null);
        }
        if (!isRemoved()) {
            return new ContainerMissing(withoutLines(after, false, Resumption.RESUMED), begin);
        }
        var gap = new TailMark.Gap(GapReason.REMOVED, after, null, null);
        return new Joined(withoutLines(end.cursor(), false, Resumption.NOT_RESUMED), List.of(), end, gap);
    }

    private boolean isRemoved() {
        TailMark.State last = ring.stateBefore(ring.end());
        return last != null && last.state() == LogStateKind.REMOVED;
    }

    private Future<Joined> fresh(int lines, int reads) {
        RingPosition position = ring.end();
        if (lines == 0 || position.cursor() == null) {
            return Future.succeededFuture(new Joined(empty(position), List.of(), position, null));
        }
        return new BacklogRead(pages, position.cursor(), lines, limits.snapshotBytes())
                .read()
                .compose(backlog -> met(backlog, position, lines, reads));
    }

    /** @param backlog null when the position is no longer in the store */
    private Future<Joined> met(BacklogRead.Backlog backlog, RingPosition position, int lines, int reads) {
        boolean movedOn = ring.end().next() > position.next();
        if (movedOn && (backlog == null || ring.overtook(position)) && reads < MAX_READS) {
            return fresh(lines, reads + 1);
        }
        if (backlog != null) {
            return Future.succeededFuture(new Joined(backlog.snapshot(), List.of(), position, backlog.gap()));
        }
        // The store no longer holds the channel's own position: the lines that it holds cannot be placed.
        RingPosition end = ring.end();
        var gap = new TailMark.Gap(GapReason.UNKNOWN, null, end.cursor(), null);
        return Future.succeededFuture(new Joined(empty(end), List.of(), end, gap));
    }

    private Future<Outcome> resume(String after, int lines) {
        if (limits.catchUpBytes() == 0 && ring.find(after) == null) {
            return notResumed(after, GapReason.BEHIND, lines);
        }
        return new ResumeCatchUp(pages, ring, limits)
                .from(after)
                .recover(Join::notAPosition)
                .compose(outcome -> switch (outcome) {
                    case ResumeCatchUp.Outcome.Met(List<LogSlice> slices, RingPosition position) ->
                        Future.succeededFuture(resumed(slices, position));
                    case ResumeCatchUp.Outcome.RingBehind() -> Future.succeededFuture(new ChannelBehind());
                    case ResumeCatchUp.Outcome.TooFar() -> notResumed(after, GapReason.BEHIND, lines);
                    case ResumeCatchUp.Outcome.Damaged() -> notResumed(after, GapReason.DAMAGED, lines);
                    case ResumeCatchUp.Outcome.NotInStore(String stored) ->
                        notResumed(after, reason(after, stored), lines);
                });
    }

    /** The controller cannot decode that cursor: reported like a cursor that is no longer in the store. */
    private static Future<ResumeCatchUp.Outcome> notAPosition(Throwable failure) {
        return Refusal.is(RefusalKind.BAD_REQUEST, failure)
                ? Future.succeededFuture(new ResumeCatchUp.Outcome.NotInStore(null))
                : Future.failedFuture(failure);
    }

    private GapReason reason(String after, String stored) {
        String known = stored == null ? ring.end().cursor() : stored;
        Boolean same = known == null ? null : Cursor.ofOneContainer(after, known);
        return same == null ? GapReason.UNKNOWN : same ? GapReason.ROTATED : GapReason.REMOVED;
    }

    /** The snapshot gets as much as fits; the rest follows in frames of its own. */
    private Joined resumed(List<LogSlice> slices, RingPosition position) {
        int fitting = limits.snapshotBytes() - limits.lines() - HEAD;
        int count = 0;
        for (int bytes = 0; count < slices.size(); count++) {
            bytes += slices.get(count).lines().size() + 1;
            if (count > 0 && bytes > fitting) {
                break;
            }
        }
        if (count == 0) {
            return new Joined(empty(position).withResumption(Resumption.RESUMED), List.of(), position, null);
        }
        LogSlice first = LogSlice.join(slices.subList(0, count));
        var snapshot = new LogSnapshot(first, first.lines().lastTimestamp(), true, Resumption.RESUMED);
        return new Joined(snapshot, List.copyOf(slices.subList(count, slices.size())), position, null);
    }

    private Future<Outcome> notResumed(String after, GapReason reason, int lines) {
        return fresh(lines == 0 ? Math.min(NEWEST_LINES, limits.lines()) : lines, 1)
                .map(joined -> {
                    LogSnapshot snapshot = joined.snapshot().withResumption(Resumption.NOT_RESUMED);
                    var gap = new TailMark.Gap(reason, after, snapshot.first(), null);
                    return new Joined(snapshot, List.of(), joined.position(), gap);
                });
    }

    private LogSnapshot empty(RingPosition position) {
        return withoutLines(position.cursor(), position.cursor() != null, Resumption.FRESH);
    }

    private LogSnapshot withoutLines(String cursor, boolean moreBefore, Resumption resumption) {
        return new LogSnapshot(LogSlice.emptyAt(cursor), ring.lastTimestamp(), moreBefore, resumption);
    }
}
