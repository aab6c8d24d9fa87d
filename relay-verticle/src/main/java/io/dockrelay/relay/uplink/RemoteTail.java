package io.dockrelay.relay.uplink;

import java.util.ArrayList;
import java.util.List;

import io.vertx.core.Promise;

import io.dockrelay.protocol.logs.GapReason;
import io.dockrelay.protocol.logs.LineBlock;
import io.dockrelay.protocol.logs.LogBatch;
import io.dockrelay.protocol.logs.OpenTail;
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

    /** As it was asked for until the controller has said its own. */
    private String name;

    /** True once the first snapshot has come. */
    private boolean known;

    /** True when the gap that follows a snapshot has been told already. */
    private boolean gapTold;

    /** True when the controller could make nothing of the position to continue from. */
    private boolean positionRefused;

    private long sequence;

    /** Position behind what was handed to the reader; null when nothing was. */
    private String handed;

    RemoteTail(OpenTail request, TailQueue queue) {
        this.request = request;
        this.queue = queue;
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
        if (!known) {
            return request.from();
        }
        return queue.cursor() == null || positionRefused
                ? new TailFrom.Lines(mostLines)
                : new TailFrom.After(queue.cursor());
    }

    /** Whether a missing container is waited for: as asked the first time, always after an outage. */
    boolean waits() {
        return known || request.waitForContainer();
    }

    void positionRefused() {
        positionRefused = true;
    }

    void snapshot(LogFrame frame, Dialect dialect) {
        name = frame.container();
        if (known) {
            again(frame, dialect);
            return;
        }
        known = true;
        boolean askedForNone = request.from() instanceof TailFrom.Lines(int count) && count == 0;
        LineBlock lines = askedForNone ? LineBlock.EMPTY : frame.lines();
        gapTold = Boolean.FALSE.equals(frame.resumed()) && request.from() instanceof TailFrom.After;
        List<TailMark> marks = gapTold ? List.of(unknownGap(((TailFrom.After) request.from()).cursor())) : List.of();
        queue.offer(new TailItem(name, marks, lines, dialect.cursor(frame), true, frame.moreBefore(), frame.resumed()));
    }

    void lines(LogFrame frame, Dialect dialect) {
        gapTold = false; // The gap that belongs to a snapshot comes right behind it.
        name = frame.container();
        queue.offer(TailItem.lines(name, List.of(), frame.lines(), dialect.cursor(frame)));
    }

    void state(LogState told) {
        name = told.container();
        if (told.state() != null) {
            queue.offer(TailItem.mark(name, new TailMark.State(told.state(), name, told.at(), told.message())));
        }
    }

    void gap(LogGap told) {
        if (!gapTold) {
            queue.offer(TailItem.mark(name, new TailMark.Gap(told.reason(), told.from(), told.to(), told.count())));
        }
        gapTold = false;
    }

    /** The next batch for the reader; null when nothing waits. */
    LogBatch next() {
        TailItem item = known ? queue.poll() : null;
        if (item == null) {
            return null;
        }
        String cursor = item.cursor() == null ? handed : item.cursor();
        handed = cursor;
        return new LogBatch(
                sequence++, item.name(), item.marks(), item.lines(), cursor, item.moreBefore(), item.resumed());
    }

    /** Asks a reader that waits whether it goes on. */
    LogBatch empty() {
        return new LogBatch(sequence++, name, List.of(), LineBlock.EMPTY, handed, null, null);
    }

    void jump() {
        queue.jump();
    }

    void clear() {
        queue.clear();
    }

    /** The snapshot of a tail that was opened again: it continues, or there is a gap. */
    private void again(LogFrame frame, Dialect dialect) {
        String before = queue.cursor();
        LineBlock lines = frame.lines();
        boolean continues = Boolean.TRUE.equals(frame.resumed());
        if (dialect == Dialect.V1 && before != null) {
            int behind = Dialect.behind(before, lines);
            continues = behind >= 0 || lines.isEmpty();
            lines = lines.slice(Math.max(0, behind), lines.count());
        }
        continues |= before == null && !Boolean.TRUE.equals(frame.moreBefore());
        queue.continued();
        positionRefused = false;
        List<TailMark> marks = new ArrayList<>();
        if (!continues) {
            marks.add(unknownGap(before));
            gapTold = true;
        }
        queue.offer(TailItem.lines(name, marks, lines, dialect.cursor(frame)));
    }

    /** Told with the snapshot, where it belongs; the one that the controller sends behind it is left out then. */
    private static TailMark.Gap unknownGap(String from) {
        return new TailMark.Gap(GapReason.UNKNOWN, from, null, null);
    }
}
