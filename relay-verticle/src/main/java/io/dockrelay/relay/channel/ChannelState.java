package io.dockrelay.relay.channel;

import java.util.ArrayList;
import java.util.List;

import io.dockrelay.protocol.logs.GapReason;
import io.dockrelay.protocol.logs.LineBlock;
import io.dockrelay.protocol.logs.LogBatch;
import io.dockrelay.protocol.logs.LogStateKind;
import io.dockrelay.protocol.logs.Resumption;
import io.dockrelay.protocol.logs.TailFrom;
import io.dockrelay.protocol.logs.TailMark;
import io.dockrelay.relay.channel.ring.Ring;
import io.dockrelay.relay.channel.ring.RingPosition;

/** What a channel remembers of its batches beside the ring: the last line, the container's state. Pure. */
final class ChannelState {

    /** The newest line of all; empty until one has come. */
    private LineBlock lastLine = LineBlock.EMPTY;

    /** The state with which the channel began; null when nothing was told. */
    private TailMark.State first;

    /** True when the controller could make nothing of the position that the tail was to continue from. */
    private boolean positionRefused;

    /** The channel's first batch: its lines, if any, are older than the channel. */
    void begin(LogBatch batch) {
        passed(batch);
        for (TailMark mark : batch.marks()) {
            first = mark instanceof TailMark.State state ? state : first;
        }
    }

    void passed(LogBatch batch) {
        int lines = batch.lines().count();
        lastLine = lines == 0 ? lastLine : batch.lines().slice(lines - 1, lines);
    }

    LineBlock lastLine() {
        return lastLine;
    }

    /** The state for one who begins at a place: what was an event before it is over. Null when nothing was told. */
    TailMark.State at(RingPosition place, Ring ring) {
        TailMark.State before = ring.stateBefore(place);
        TailMark.State last = before == null ? first : before;
        if (last == null) {
            return null;
        }
        return switch (last.state()) {
            case RESTARTED, RECREATED, RENAMED ->
                new TailMark.State(LogStateKind.FOLLOWING, last.name(), last.at(), null);
            case FOLLOWING, STOPPED, REMOVED, WAITING, UNREADABLE -> last;
            case null -> null;
        };
    }

    void positionRefused(boolean refused) {
        positionRefused |= refused;
    }

    /** Where a tail that was lost is opened again. Where nothing was ever read, everything there is now is new. */
    TailFrom reopenFrom(RingPosition end, int mostLines) {
        return end.cursor() == null || positionRefused
                ? new TailFrom.Lines(mostLines)
                : new TailFrom.After(end.cursor());
    }

    /** The batch with a gap in front when it is the first of a tail that could not continue where it should. */
    LogBatch checked(LogBatch batch, RingPosition end) {
        boolean continues = !batch.isSnapshot()
                || batch.resumption() == Resumption.RESUMED
                || (end.cursor() == null && !Boolean.TRUE.equals(batch.moreBefore()));
        boolean told = batch.marks().stream().anyMatch(TailMark.Gap.class::isInstance);
        positionRefused &= !batch.isSnapshot();
        if (continues || told) {
            return batch;
        }
        List<TailMark> marks = new ArrayList<>(batch.marks());
        marks.add(new TailMark.Gap(GapReason.UNKNOWN, end.cursor(), batch.first(), null));
        return batch.withMarks(marks);
    }
}
