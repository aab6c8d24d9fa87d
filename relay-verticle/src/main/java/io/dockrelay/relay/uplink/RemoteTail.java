package io.dockrelay.relay.uplink;

import java.util.List;

import io.vertx.core.Promise;

import io.dockrelay.protocol.logs.GapReason;
import io.dockrelay.protocol.logs.LineBlock;
import io.dockrelay.protocol.logs.LogBatch;
import io.dockrelay.protocol.logs.LogSlice;
import io.dockrelay.protocol.logs.OpenTail;
import io.dockrelay.protocol.logs.Resumption;
import io.dockrelay.protocol.logs.TailFrom;
import io.dockrelay.protocol.logs.TailMark;
import io.dockrelay.protocol.logs.TailOpened;
import io.dockrelay.protocol.wire.LogFrame;
import io.dockrelay.protocol.wire.ServerMessage.LogGap;
import io.dockrelay.protocol.wire.ServerMessage.LogState;

/**
 * One tail that is wanted from a remote controller: its request, its position, and the items that wait for its receiver. It
 * outlives the connections. Owned by {@link RemoteTails}, on the uplink's context; uses neither socket nor bus.
 */
final class RemoteTail {

    private final OpenTail request;
    private final Promise<TailOpened> opened = Promise.promise();
    private final TailQueue queue;
    private final TailCredit credit;

    /** The requested name until the first snapshot gives the controller's own. */
    private String name;

    /** True once the first snapshot has arrived. */
    private boolean known;

    private final HeldSnapshot held;

    /** True from the receiver's JUMP to the snapshot of the present. */
    private boolean jumping;

    /** True when the controller did not accept the position to continue from. */
    private boolean positionRefused;

    /**
     * @param queue empty
     * @param credit of this tail alone
     */
    RemoteTail(OpenTail request, TailQueue queue, TailCredit credit) {
        this.request = request;
        this.queue = queue;
        this.credit = credit;
        held = new HeldSnapshot(queue);
        name = request.container();
    }

    String subscription() {
        return request.subscription();
    }

    String name() {
        return name;
    }

    /** Encoded position after the batches that were taken out; null when nothing was ever read. */
    String delivered() {
        return queue.delivered();
    }

    boolean known() {
        return known;
    }

    Promise<TailOpened> opened() {
        return opened;
    }

    /** Whether a message of a controller that echoes no {@code sub} is for this tail. */
    boolean follows(String container) {
        return name.equals(container);
    }

    /** Where to open it, now or again. If nothing was ever read, all lines that exist now are new. */
    TailFrom from(int mostLines) {
        if (!known && !positionRefused) {
            return request.from();
        }
        if (jumping) {
            return new TailFrom.Lines(1);
        }
        return queue.cursor() == null || positionRefused
                ? new TailFrom.Lines(mostLines)
                : new TailFrom.After(queue.cursor());
    }

    /** Whether to wait for a missing container: as requested the first time, always after an outage. */
    boolean waits() {
        return opened.future().isComplete() || request.waitForContainer();
    }

    /** The next connection requests a snapshot that still waits for its gap again, together with the gap. */
    void disconnected() {
        TailItem dropped = held.drop();
        if (dropped != null) {
            known = !dropped.snapshot();
        }
    }

    void positionRefused() {
        positionRefused = true;
    }

    /** Bytes of lines that wait for the receiver at most, without credit. */
    int mostBytes() {
        return queue.mostBytes();
    }

    TailCredit credit() {
        return credit;
    }

    /** Whether the controller keeps to credit. */
    void credited(boolean kept) {
        queue.credited(kept);
    }

    /**
     * A message has arrived; call it before the message is put in.
     *
     * @param wire bytes of the message, here and below
     */
    void received(int wire) {
        credit.received(wire);
    }

    /** Whether the controller has sent more than it may. */
    boolean isOverfull() {
        return queue.isOverfull() || (queue.credited() && credit.isExceeded());
    }

    void snapshot(LogFrame frame, WireVersion version, int wire) {
        name = frame.container();
        if (known) {
            again(frame, version, wire);
            return;
        }
        known = true;
        positionRefused = false;
        boolean askedForNone = request.from() instanceof TailFrom.Lines(int count) && count == 0;
        LogSlice slice = askedForNone ? LogSlice.emptyAt(version.cursor(frame)) : version.slice(frame);
        Resumption resumption = frame.resumption();
        // No cursor was sent, because it is of another version than the controller: it is found by its time.
        if (resumption == Resumption.FRESH && request.from() instanceof TailFrom.After(String cursor)) {
            int end = WireVersion.endOf(cursor, slice.lines());
            slice = end < 0 ? slice : after(end, slice);
            resumption = end < 0 ? resumption : Resumption.RESUMED;
        }
        var item = new TailItem(name, List.of(), slice, true, frame.moreBefore(), resumption, wire);
        if (frame.resumption() == Resumption.NOT_RESUMED && request.from() instanceof TailFrom.After) {
            held.hold(item, credit);
        } else {
            queue.offer(item);
        }
    }

    private static LogSlice after(int line, LogSlice slice) {
        LineBlock rest = slice.lines().slice(line, slice.lines().count());
        return new LogSlice(rest, line == 0 ? slice.first() : null, slice.last());
    }

    void lines(LogFrame frame, WireVersion version, int wire) {
        name = frame.container();
        if (jumping) {
            credit.taken(wire);
            return;
        }
        held.releaseWithoutGap();
        queue.offer(TailItem.lines(name, version.slice(frame), wire));
    }

    /**
     * New lines of a controller of version 1.
     *
     * @param gap whether lines are missing before them
     */
    void added(LineBlock lines, boolean gap) {
        boolean missing = gap;
        for (LineBlock part : LineParts.of(lines)) {
            TailItem item = TailItem.lines(name, new LogSlice(part, null, WireVersion.v1Cursor(part)), 0);
            queue.offer(missing ? item.after(gapBefore(part)) : item);
            missing = false;
        }
    }

    private TailMark.Gap gapBefore(LineBlock lines) {
        return new TailMark.Gap(GapReason.UNKNOWN, queue.cursor(), WireVersion.v1Cursor(lines.slice(0, 1)), null);
    }

    void state(LogState state, int wire) {
        name = state.container();
        held.releaseWithoutGap();
        if (state.state() != null) {
            var mark = new TailMark.State(state.state(), name, state.at(), state.message());
            queue.offer(TailItem.mark(name, mark, wire));
        } else {
            credit.taken(wire);
        }
    }

    /** A gap that belongs to a snapshot goes into its item, before the lines. */
    void gap(LogGap gap, int wire) {
        if (held.isHeld()) {
            held.releaseAfter(gap);
            credit.taken(wire);
        } else if (jumping) {
            credit.taken(wire);
        } else {
            var mark = new TailMark.Gap(gap.reason(), gap.from(), gap.to(), gap.count());
            queue.offer(TailItem.mark(name, mark, wire));
        }
    }

    /**
     * Takes the next batch out.
     *
     * @return null when nothing waits
     */
    LogBatch next(long sequence) {
        TailItem item = known ? queue.poll() : null;
        if (item == null) {
            return null;
        }
        credit.taken(item.wire());
        return item.batch(sequence, queue.delivered());
    }

    /**
     * The receiver wants the present: drops what waits here.
     *
     * @param again whether it is subscribed again for that; otherwise it continues with the next lines that arrive
     */
    void jump(boolean again) {
        var unused = held.drop();
        jumping = again;
        queue.jump();
    }

    void clear() {
        queue.clear();
    }

    /** The snapshot of a tail that was opened again: it continues, or there is a gap. */
    private void again(LogFrame frame, WireVersion version, int wire) {
        String before = queue.cursor();
        LineBlock lines = frame.lines();
        boolean continues = frame.resumption() == Resumption.RESUMED;
        if (jumping && before != null && before.equals(frame.cursor())) {
            continues = true;
            lines = LineBlock.EMPTY;
        }
        continues |= before == null && !Boolean.TRUE.equals(frame.moreBefore());
        queue.continued();
        GapReason reason = jumping ? GapReason.SLOW_CLIENT : GapReason.UNKNOWN;
        boolean gapFollows = !jumping && frame.resumption() == Resumption.NOT_RESUMED;
        jumping = false;
        positionRefused = false;
        var item = TailItem.lines(name, version.slice(frame).withLines(lines), wire);
        if (continues) {
            queue.offer(item);
        } else if (gapFollows) {
            held.hold(item, credit);
        } else {
            queue.offer(item.after(new TailMark.Gap(reason, before, frame.first(), null)));
        }
    }
}
