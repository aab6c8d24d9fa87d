package io.dockrelay.controller.server;

import java.util.ArrayList;
import java.util.List;

import io.dockrelay.protocol.logs.Cursor;
import io.dockrelay.protocol.logs.LogBatch;
import io.dockrelay.protocol.logs.LogSnapshot;
import io.dockrelay.protocol.wire.TailFrames;

/**
 * Makes WebSocket frames of a tail's batches. One per subscription. Pure; for one thread.
 */
final class BatchFrames {

    private final TailFrames frames;

    /** @param sub the client's own name for the subscription; null when it gave none */
    BatchFrames(String sub) {
        frames = new TailFrames(null, sub);
    }

    /** In the order in which they are sent: the snapshot before its marks, the marks before later lines. */
    List<byte[]> of(LogBatch batch) {
        List<byte[]> all = new ArrayList<>();
        if (batch.isSnapshot()) {
            all.add(frames.snapshot(batch.container(), snapshot(batch)));
        }
        batch.marks().forEach(mark -> all.add(frames.mark(batch.container(), mark)));
        if (!batch.isSnapshot() && !batch.lines().isEmpty()) {
            all.add(frames.lines(batch.container(), batch.slice()));
        }
        return all;
    }

    private static LogSnapshot snapshot(LogBatch batch) {
        return new LogSnapshot(batch.slice(), lastTimestamp(batch), batch.moreBefore(), batch.resumption());
    }

    /** Without lines: the time of the position, which is that of the last line before. */
    private static String lastTimestamp(LogBatch batch) {
        if (batch.lines().isEmpty() && batch.cursor() != null) {
            return NanosecondTime.format(Cursor.decode(batch.cursor()).timestamp());
        }
        return batch.lines().lastTimestamp();
    }
}
