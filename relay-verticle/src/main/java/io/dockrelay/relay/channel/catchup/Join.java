package io.dockrelay.relay.channel.catchup;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

import io.vertx.core.Future;

import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.logs.Cursor;
import io.dockrelay.protocol.logs.GapReason;
import io.dockrelay.protocol.logs.LineBlock;
import io.dockrelay.protocol.logs.LogPage;
import io.dockrelay.protocol.logs.LogSlice;
import io.dockrelay.protocol.logs.LogSnapshot;
import io.dockrelay.protocol.logs.ReadLogs;
import io.dockrelay.protocol.logs.Resumption;
import io.dockrelay.protocol.logs.TailMark;
import io.dockrelay.protocol.wire.ClientMessage.SubscribeLogs;
import io.dockrelay.relay.channel.catchup.ResumeCatchUp.Outcome;
import io.dockrelay.relay.channel.ring.Ring;
import io.dockrelay.relay.channel.ring.RingPosition;

/**
 * Finds the backlog of one who joins, and the place right behind it where the live part goes on: the backlog is read up
 * to and with the channel's position at that moment, so there is neither gap nor overlap. Made for one join, on the
 * channel's context.
 */
public final class Join {

    /**
     * Where a join has come to.
     *
     * @param rest comes in frames behind the snapshot, before what stands behind the place
     * @param gap told right behind the snapshot; null when nothing is missing
     */
    public record Joined(LogSnapshot snapshot, List<LogSlice> rest, RingPosition place, TailMark.Gap gap) {

        /** Bytes of the lines that wait for the reader. */
        public long bytes() {
            long bytes = snapshot.lines().size();
            for (LogSlice slice : rest) {
                bytes += slice.lines().size();
            }
            return bytes;
        }
    }

    /** What a snapshot needs beside its lines and their stream letters. */
    private static final int HEAD = 2048;

    /** Of the newest, for one who asked for none but cannot be resumed: somewhere the gap has to end. */
    private static final int NEWEST_LINES = 100;

    /** How often a backlog is read anew because the ring went on beyond it, or its end was rotated away. */
    private static final int MOST_READS = 4;

    private final Function<ReadLogs, Future<LogPage>> pages;
    private final String container;
    private final Ring ring;
    private final Supplier<LineBlock> lastLine;
    private final ChannelLimits limits;

    public Join(
            Function<ReadLogs, Future<LogPage>> pages,
            String container,
            Ring ring,
            Supplier<LineBlock> lastLine,
            ChannelLimits limits) {
        this.pages = pages;
        this.container = container;
        this.ring = ring;
        this.lastLine = lastLine;
        this.limits = limits;
    }

    public Future<Joined> join(SubscribeLogs request) {
        int lines = Math.min(request.lines(), limits.lines());
        Future<Joined> joined = request.after() == null ? fresh(lines, 1) : resume(request.after(), lines);
        return joined.recover(failure -> request.waiting() && Refusal.is(RefusalKind.NO_SUCH_CONTAINER, failure)
                ? Future.succeededFuture(withoutStore(request.after()))
                : Future.failedFuture(failure));
    }

    /**
     * The container was removed, and its log with it; who waits for the next one begins empty. Its last lines may still be
     * on their way through the ring, hence the gap's end.
     */
    private Joined withoutStore(String after) {
        RingPosition end = ring.end();
        Resumption resumption = after == null ? Resumption.FRESH : Resumption.NOT_RESUMED;
        var gap = after == null ? null : new TailMark.Gap(GapReason.REMOVED, after, end.cursor(), null);
        var snapshot =
                new LogSnapshot(LogSlice.emptyAt(end.cursor()), lastLine.get().lastTimestamp(), false, resumption);
        return new Joined(snapshot, List.of(), end, gap);
    }

    private Future<Joined> fresh(int lines, int reads) {
        RingPosition place = ring.end();
        if (lines == 0 || place.cursor() == null) {
            return Future.succeededFuture(new Joined(empty(place), List.of(), place, null));
        }
        return new BacklogRead(pages, container, place.cursor(), lines, limits.snapshotBytes())
                .read()
                .compose(backlog -> met(backlog, place, lines, reads));
    }

    private Future<Joined> met(LogSnapshot backlog, RingPosition place, int lines, int reads) {
        boolean movedOn = ring.end().next() > place.next();
        if (movedOn && (backlog == null || ring.overtook(place)) && reads < MOST_READS) {
            return fresh(lines, reads + 1);
        }
        if (backlog != null) {
            return Future.succeededFuture(new Joined(backlog, List.of(), place, null));
        }
        // The store no longer holds the channel's own position: what it holds now cannot be placed.
        RingPosition end = ring.end();
        var gap = new TailMark.Gap(GapReason.UNKNOWN, null, end.cursor(), null);
        return Future.succeededFuture(new Joined(empty(end), List.of(), end, gap));
    }

    private Future<Joined> resume(String after, int lines) {
        return new ResumeCatchUp(pages, container, ring, lastLine, limits)
                .from(after)
                .recover(Join::notAPosition)
                .compose(outcome -> switch (outcome) {
                    case Outcome.Met(List<LogSlice> slices, RingPosition place) ->
                        Future.succeededFuture(resumed(slices, place));
                    case Outcome.TooFar() -> notResumed(after, GapReason.BEHIND, lines);
                    case Outcome.NotThere(String there) -> notResumed(after, reason(after, there), lines);
                });
    }

    /** The controller can make nothing of that cursor: it is told so like one that is no longer there. */
    private static Future<Outcome> notAPosition(Throwable failure) {
        return failure instanceof Refusal refusal && refusal.kind() == RefusalKind.BAD_REQUEST
                ? Future.succeededFuture(new Outcome.NotThere(null))
                : Future.failedFuture(failure);
    }

    private GapReason reason(String after, String there) {
        String known = there == null ? ring.end().cursor() : there;
        Boolean same = known == null ? null : Cursor.ofOneContainer(after, known);
        return same == null ? GapReason.UNKNOWN : same ? GapReason.ROTATED : GapReason.REMOVED;
    }

    /** As much as fits is in the snapshot, the rest comes in frames behind it. */
    private Joined resumed(List<LogSlice> slices, RingPosition place) {
        int most = limits.snapshotBytes() - limits.lines() - HEAD;
        int count = 0;
        for (int bytes = 0; count < slices.size(); count++) {
            bytes += slices.get(count).lines().size() + 1;
            if (count > 0 && bytes > most) {
                break;
            }
        }
        if (count == 0) {
            return new Joined(empty(place).withResumption(Resumption.RESUMED), List.of(), place, null);
        }
        LogSlice first = LogSlice.join(slices.subList(0, count));
        var snapshot = new LogSnapshot(first, first.lines().lastTimestamp(), true, Resumption.RESUMED);
        return new Joined(snapshot, List.copyOf(slices.subList(count, slices.size())), place, null);
    }

    private Future<Joined> notResumed(String after, GapReason reason, int lines) {
        return fresh(lines == 0 ? Math.min(NEWEST_LINES, limits.lines()) : lines, 1)
                .map(joined -> {
                    LogSnapshot snapshot = joined.snapshot().withResumption(Resumption.NOT_RESUMED);
                    var gap = new TailMark.Gap(reason, after, snapshot.first(), null);
                    return new Joined(snapshot, List.of(), joined.place(), gap);
                });
    }

    private LogSnapshot empty(RingPosition place) {
        String lastTimestamp = lastLine.get().lastTimestamp();
        boolean more = place.cursor() != null;
        return new LogSnapshot(LogSlice.emptyAt(place.cursor()), lastTimestamp, more, Resumption.FRESH);
    }
}
