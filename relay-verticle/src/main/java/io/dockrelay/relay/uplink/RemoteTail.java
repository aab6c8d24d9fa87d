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
 * One tail that is wanted from a remote controller: what was asked, how far it has come, and what waits for its reader.
 * It outlives the connections. Owned by {@link RemoteTails}, on the uplink's context; knows neither socket nor bus.
 */
final class RemoteTail {

    private final OpenTail request;
    private final Promise<TailOpened> opened = Promise.promise();
    private final TailQueue queue;
    private final TailCredit credit;

    /** As it was asked for until the controller has said its own. */
    private String name;

    /** True once the first snapshot has come. */
    private boolean known;

    /** A snapshot that does not continue, until the gap comes that belongs in front of it; null as a rule. */
    private TailItem withoutGap;

    /** True from the reader's wish for the present to the snapshot that holds it. */
    private boolean jumping;

    /** True when the controller could make nothing of the position to continue from. */
    private boolean positionRefused;

    private long sequence;

    /**
     * @param queue empty
     * @param credit of this tail alone
     */
    RemoteTail(OpenTail request, TailQueue queue, TailCredit credit) {
        this.request = request;
        this.queue = queue;
        this.credit = credit;
        name = request.container();
    }

    String subscription() {
        return request.subscription();
    }

    String name() {
        return name;
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

    /** Where it is to be opened, now or again. Where nothing was ever read, everything there is now is new. */
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

    /** Whether a missing container is waited for: as asked the first time, always after an outage. */
    boolean waits() {
        return opened.future().isComplete() || request.waitForContainer();
    }

    /** A snapshot that still waits for its gap is asked for anew, with the gap, by the next connection. */
    void disconnected() {
        if (withoutGap != null) {
            known = !withoutGap.snapshot();
            withoutGap = null;
        }
    }

    void positionRefused() {
        positionRefused = true;
    }

    TailCredit credit() {
        return credit;
    }

    /** Whether the controller keeps to credit. */
    void credited(boolean kept) {
        queue.credited(kept);
    }

    /** @param wire bytes of the message, here and below */
    void snapshot(LogFrame frame, WireVersion dialect, int wire) {
        name = frame.container();
        if (known) {
            again(frame, dialect, wire);
            return;
        }
        known = true;
        positionRefused = false;
        boolean askedForNone = request.from() instanceof TailFrom.Lines(int count) && count == 0;
        LogSlice slice = askedForNone ? LogSlice.emptyAt(dialect.cursor(frame)) : dialect.slice(frame);
        var item = new TailItem(name, List.of(), slice, true, frame.moreBefore(), frame.resumption(), wire);
        if (frame.resumption() == Resumption.NOT_RESUMED && request.from() instanceof TailFrom.After) {
            awaitGap(item);
        } else {
            queue.offer(item);
        }
    }

    /** Counts as taken: it may have used all credit up, and then the gap would wait for that, and it for the gap. */
    private void awaitGap(TailItem snapshot) {
        withoutGap = snapshot.withoutWire();
        credit.taken(snapshot.wire());
    }

    void lines(LogFrame frame, WireVersion dialect, int wire) {
        name = frame.container();
        if (jumping) {
            credit.taken(wire);
            return;
        }
        gapNeverCame();
        queue.offer(TailItem.lines(name, dialect.slice(frame), wire));
    }

    void state(LogState told, int wire) {
        name = told.container();
        gapNeverCame();
        if (told.state() != null) {
            queue.offer(TailItem.mark(name, new TailMark.State(told.state(), name, told.at(), told.message()), wire));
        } else {
            credit.taken(wire);
        }
    }

    /** Where it belongs to a snapshot it is told with that, in front of its lines. */
    void gap(LogGap told, int wire) {
        if (withoutGap != null) {
            String to = told.to() == null ? withoutGap.first() : told.to();
            offerBehind(new TailMark.Gap(told.reason(), told.from(), to, told.count()));
            credit.taken(wire);
        } else if (jumping) {
            credit.taken(wire);
        } else {
            var gap = new TailMark.Gap(told.reason(), told.from(), told.to(), told.count());
            queue.offer(TailItem.mark(name, gap, wire));
        }
    }

    /** The next batch for the reader; null when nothing waits. */
    LogBatch next() {
        TailItem item = known ? queue.poll() : null;
        if (item == null) {
            return null;
        }
        credit.taken(item.wire());
        return item.batch(sequence++, queue.handed());
    }

    /** Asks a reader that waits whether it goes on. */
    LogBatch empty() {
        return LogBatch.of(sequence++, name, List.of(), LogSlice.emptyAt(queue.handed()));
    }

    /**
     * The reader wants the present: what waits here is dropped.
     *
     * @param again whether it is subscribed again for that; otherwise it goes on with the next lines that come
     */
    void jump(boolean again) {
        withoutGap = null;
        jumping = again;
        queue.jump();
    }

    void clear() {
        queue.clear();
    }

    /** The snapshot of a tail that was opened again: it continues, or there is a gap. */
    private void again(LogFrame frame, WireVersion dialect, int wire) {
        String before = queue.cursor();
        LineBlock lines = frame.lines();
        boolean continues = frame.resumption() == Resumption.RESUMED;
        if (dialect == WireVersion.V1 && before != null) {
            int behind = WireVersion.behind(before, lines);
            continues = behind >= 0 || lines.isEmpty();
            lines = lines.slice(Math.max(0, behind), lines.count());
        } else if (jumping && before != null && before.equals(frame.cursor())) {
            continues = true;
            lines = LineBlock.EMPTY;
        }
        continues |= before == null && !Boolean.TRUE.equals(frame.moreBefore());
        queue.continued();
        GapReason reason = jumping ? GapReason.SLOW_CLIENT : GapReason.UNKNOWN;
        boolean gapFollows = !jumping && frame.resumption() == Resumption.NOT_RESUMED;
        jumping = false;
        positionRefused = false;
        var item = TailItem.lines(name, dialect.slice(frame).withLines(lines), wire);
        if (continues) {
            queue.offer(item);
        } else if (gapFollows) {
            awaitGap(item);
        } else {
            queue.offer(item.after(new TailMark.Gap(reason, before, frame.first(), null)));
        }
    }

    /** What a controller says behind a snapshot that does not continue, it says at once, or not at all. */
    private void gapNeverCame() {
        if (withoutGap != null) {
            offerBehind(new TailMark.Gap(GapReason.UNKNOWN, queue.cursor(), withoutGap.first(), null));
        }
    }

    private void offerBehind(TailMark.Gap gap) {
        queue.offer(withoutGap.after(gap));
        withoutGap = null;
    }
}
