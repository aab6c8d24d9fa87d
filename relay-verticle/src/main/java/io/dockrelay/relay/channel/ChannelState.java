package io.dockrelay.relay.channel;

import java.util.ArrayList;
import java.util.List;

import io.dockrelay.protocol.logs.GapReason;
import io.dockrelay.protocol.logs.LogBatch;
import io.dockrelay.protocol.logs.LogStateKind;
import io.dockrelay.protocol.logs.Resumption;
import io.dockrelay.protocol.logs.TailFrom;
import io.dockrelay.protocol.logs.TailMark;
import io.dockrelay.relay.channel.ring.Ring;
import io.dockrelay.relay.channel.ring.RingPosition;

/** What a channel remembers of its batches besides the ring: the container's state. Pure; for one thread. */
final class ChannelState {

    /** The state with which the channel began; null when the first batch had none. */
    private TailMark.State first;

    /** True when the controller did not accept the position where the tail was to continue. */
    private boolean positionRefused;

    /** The channel's first batch: its lines, if any, are older than the channel. */
    void begin(LogBatch batch) {
        for (TailMark mark : batch.marks()) {
            first = mark instanceof TailMark.State state ? state : first;
        }
    }

    /** The state for a subscriber that starts at this position: an event before it is over. Null when it is unknown. */
    TailMark.State at(RingPosition position, Ring ring) {
        TailMark.State before = ring.stateBefore(position);
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

    /** Where to open another tail after one was lost. If nothing was ever read, all lines that exist now are new. */
    TailFrom reopenFrom(RingPosition end, int maxLines) {
        return end.cursor() == null || positionRefused
                ? new TailFrom.Lines(maxLines)
                : new TailFrom.After(end.cursor());
    }

    /** The batch, with a gap before it when it is the first one of a tail that did not continue at the end of the ring. */
    LogBatch checked(LogBatch batch, RingPosition end) {
        boolean continues = !batch.isSnapshot()
                || batch.resumption() == Resumption.RESUMED
                || (end.cursor() == null && !Boolean.TRUE.equals(batch.moreBefore()));
        boolean hasGap = batch.marks().stream().anyMatch(TailMark.Gap.class::isInstance);
        positionRefused &= !batch.isSnapshot();
        if (continues || hasGap) {
            return batch;
        }
        List<TailMark> marks = new ArrayList<>(batch.marks());
        marks.add(new TailMark.Gap(GapReason.UNKNOWN, end.cursor(), batch.first(), null));
        return batch.withMarks(marks);
    }
}
