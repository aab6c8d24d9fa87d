package io.dockrelay.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.logs.GapReason;
import io.dockrelay.protocol.logs.LogBatch;
import io.dockrelay.protocol.logs.LogStateKind;
import io.dockrelay.protocol.logs.Resumption;
import io.dockrelay.protocol.logs.TailFrom;
import io.dockrelay.protocol.logs.TailMark;

/** How far a log was read, over all its tails, and where the next tail begins. Pure; for one thread. */
final class LogProgress {

    /** More than a controller sends as a backlog; it sends as many as it may. */
    private static final int ALL = 10_000;

    private final LogStart start;

    /** The container's last known name. */
    private String container;

    /** Of the last line that was taken, or the requested one; null for none. */
    private String cursor;

    /** Whether a batch was taken. */
    private boolean begun;

    /** Whether the controller did not accept the cursor. */
    private boolean cursorRefused;

    LogProgress(LogStart start) {
        this.start = start;
        container = start.container();
        cursor = start.from() instanceof TailFrom.After after ? after.cursor() : null;
    }

    String container() {
        return container;
    }

    boolean hasBegun() {
        return begun;
    }

    /** Whether the next tail waits for a container that is not there: it was there once, or may come. */
    boolean waits() {
        return begun || start.waits();
    }

    /** Where the next tail begins. If no line was ever read, all lines that exist now are new. */
    TailFrom from() {
        if (!begun) {
            return start.from();
        }
        return cursor == null || cursorRefused ? new TailFrom.Lines(ALL) : new TailFrom.After(cursor);
    }

    /** A tail was refused for this reason. */
    void refused(RefusalKind kind) {
        cursorRefused |= begun && kind == RefusalKind.BAD_REQUEST;
    }

    /** Takes a batch; empty when it has nothing for the reader. */
    Optional<LogLines> take(LogBatch batch) {
        boolean first = !begun;
        LogBatch whole = batch.isSnapshot() && isBroken(batch) ? withGap(batch) : batch;
        begun = true;
        cursorRefused &= !batch.isSnapshot();
        container = nameAfter(batch);
        cursor = batch.cursor() == null ? cursor : batch.cursor();
        boolean news = first || !whole.marks().isEmpty() || !whole.lines().isEmpty();
        return news ? Optional.of(LogLines.of(whole)) : Optional.empty();
    }

    /** Whether a tail's first batch does not continue after the last line, without a mark that says so. */
    private boolean isBroken(LogBatch batch) {
        boolean continues = batch.resumption() == Resumption.RESUMED
                || (cursor == null && !(begun && Boolean.TRUE.equals(batch.moreBefore())));
        return !continues && batch.marks().stream().noneMatch(TailMark.Gap.class::isInstance);
    }

    private LogBatch withGap(LogBatch batch) {
        List<TailMark> marks = new ArrayList<>(batch.marks());
        marks.add(new TailMark.Gap(GapReason.UNKNOWN, cursor, batch.first(), null));
        return batch.withMarks(marks);
    }

    private static String nameAfter(LogBatch batch) {
        String name = batch.container();
        for (TailMark mark : batch.marks()) {
            if (mark instanceof TailMark.State state && state.state() == LogStateKind.RENAMED) {
                name = state.name();
            }
        }
        return name;
    }
}
