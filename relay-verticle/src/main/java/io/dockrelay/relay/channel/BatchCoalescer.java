package io.dockrelay.relay.channel;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

import io.dockrelay.protocol.logs.FrameLimits;
import io.dockrelay.protocol.logs.LogBatch;
import io.dockrelay.protocol.logs.LogSlice;

/**
 * Where a channel's batches come in: while frames are few each goes on in the same turn, under load the lines of several
 * become one batch. What carries marks, or does not fit, goes on behind what was gathered before it. Owned by its
 * {@link LogChannel}, on the channel's context; ends with {@link #close}.
 */
final class BatchCoalescer {

    private static final long NO_TIMER = -1;

    private final ChannelContext scope;
    private final IntSupplier readers;
    private final Consumer<LogBatch> out;
    private final FrameRateLimit gathering = new FrameRateLimit();

    /** Batches of lines alone, of one name; the timer runs while there are any. */
    private final List<LogBatch> gathered = new ArrayList<>();

    private int lines;
    private int bytes;
    private long timer = NO_TIMER;

    /**
     * @param readers how many frames a batch becomes
     * @param out where batches go on
     */
    BatchCoalescer(ChannelContext scope, IntSupplier readers, Consumer<LogBatch> out) {
        this.scope = scope;
        this.readers = readers;
        this.out = out;
    }

    void take(LogBatch batch) {
        boolean linesAlone =
                !batch.isSnapshot() && batch.marks().isEmpty() && !batch.lines().isEmpty();
        if (!linesAlone || !fits(batch)) {
            flush();
        }
        long wait = linesAlone && gathered.isEmpty() ? gathering.waitMs(now()) : 0;
        if (gathered.isEmpty() && wait == 0) {
            goOn(batch);
            return;
        }
        gather(batch, wait);
        if (lines >= FrameLimits.MAX_LINES || bytes >= FrameLimits.MAX_BYTES) {
            flush();
        }
    }

    /** What was gathered goes on now. */
    void flush() {
        if (!gathered.isEmpty()) {
            LogBatch last = gathered.getLast();
            LogSlice all = LogSlice.join(gathered.stream().map(LogBatch::slice).toList());
            LogBatch whole = LogBatch.of(last.sequence(), last.container(), List.of(), all);
            forget();
            goOn(whole);
        }
    }

    /** Nothing goes on any more. */
    void close() {
        forget();
    }

    private boolean fits(LogBatch batch) {
        return gathered.isEmpty()
                || (gathered.getLast().container().equals(batch.container())
                        && lines + batch.lines().count() <= FrameLimits.MAX_LINES
                        && bytes + batch.lines().size() <= FrameLimits.MAX_BYTES);
    }

    private void gather(LogBatch batch, long wait) {
        if (gathered.isEmpty()) {
            timer = scope.vertx().setTimer(wait, fired -> {
                timer = NO_TIMER;
                flush();
            });
        }
        gathered.add(batch);
        lines += batch.lines().count();
        bytes += batch.lines().size() + 1;
    }

    private void goOn(LogBatch batch) {
        gathering.leave(readers.getAsInt(), now());
        out.accept(batch);
    }

    private void forget() {
        gathered.clear();
        lines = 0;
        bytes = 0;
        if (timer != NO_TIMER) {
            scope.vertx().cancelTimer(timer);
            timer = NO_TIMER;
        }
    }

    private long now() {
        return scope.clock().getAsLong();
    }
}
