package io.dockrelay.relay.channel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

import io.dockrelay.protocol.logs.FrameLimits;
import io.dockrelay.protocol.logs.LogBatch;
import io.dockrelay.protocol.logs.LogSlice;
import io.dockrelay.protocol.timers.Timeout;

/**
 * Merges a channel's batches under load: while frames are few each batch passes in the same turn, otherwise the lines of
 * several become one batch. A batch with marks, or one that does not fit, passes after what was gathered before it. Owned
 * by its {@link LogChannel}, on the channel's context; ends with {@link #close}.
 */
final class BatchCoalescer {

    private final ChannelContext context;
    private final IntSupplier subscribers;
    private final Consumer<LogBatch> out;
    private final FrameRateLimit limit = new FrameRateLimit();

    /** Batches without marks, of one name; the timeout runs while there are any. */
    private final List<LogBatch> gathered = new ArrayList<>();

    private int lines;
    private int bytes;
    private final Timeout timeout;

    /**
     * @param subscribers the number of frames that a batch becomes
     * @param out takes the batches
     */
    BatchCoalescer(ChannelContext context, IntSupplier subscribers, Consumer<LogBatch> out) {
        this.context = context;
        this.subscribers = subscribers;
        this.out = out;
        this.timeout = new Timeout(context.vertx());
    }

    void take(LogBatch batch) {
        boolean linesOnly =
                !batch.isSnapshot() && batch.marks().isEmpty() && !batch.lines().isEmpty();
        if (!linesOnly || !fits(batch)) {
            flush();
        }
        long wait = linesOnly && gathered.isEmpty() ? limit.waitMs(subscribers.getAsInt(), now()) : 0;
        if (gathered.isEmpty() && wait == 0) {
            pass(batch);
            return;
        }
        gather(batch, wait);
        if (lines >= FrameLimits.MAX_LINES || bytes >= FrameLimits.MAX_BYTES) {
            flush();
        }
    }

    /** Passes what was gathered. */
    void flush() {
        if (!gathered.isEmpty()) {
            LogBatch last = gathered.getLast();
            LogSlice all = LogSlice.join(gathered.stream().map(LogBatch::slice).toList());
            LogBatch whole = LogBatch.of(last.sequence(), last.container(), List.of(), all);
            forget();
            pass(whole);
        }
    }

    /** Drops what was gathered. */
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
            timeout.start(Duration.ofMillis(wait), this::flush);
        }
        gathered.add(batch);
        lines += batch.lines().count();
        bytes += batch.lines().size() + 1;
    }

    private void pass(LogBatch batch) {
        limit.leave(subscribers.getAsInt(), now());
        out.accept(batch);
    }

    private void forget() {
        gathered.clear();
        lines = 0;
        bytes = 0;
        timeout.cancel();
    }

    private long now() {
        return context.clock().getAsLong();
    }
}
