package io.dockrelay.controller.server;

import java.util.ArrayList;
import java.util.List;

import io.dockrelay.controller.server.ClientLogMessage.Binary;
import io.dockrelay.controller.server.ClientLogMessage.Text;
import io.dockrelay.protocol.logs.Cursor;
import io.dockrelay.protocol.logs.LogBatch;
import io.dockrelay.protocol.logs.LogSnapshot;
import io.dockrelay.protocol.wire.BinaryFrames;
import io.dockrelay.protocol.wire.BinaryMessage;
import io.dockrelay.protocol.wire.LineDeflater;
import io.dockrelay.protocol.wire.LogFrame;
import io.dockrelay.protocol.wire.LogFrames;
import io.dockrelay.protocol.wire.TailFrames;

/**
 * Makes WebSocket messages of a tail's batches. One per subscription. Pure; for one thread.
 */
final class BatchFrames {

    /** It takes longer on a network of 100 Mbit/s than to compress it, in bytes. */
    private static final int LARGE_SNAPSHOT = 64 * 1024;

    private final TailFrames frames;
    private final LineForm form;
    private final LineDeflater deflater;

    /**
     * @param sub the client's own name for the subscription; null when it gave none
     * @param form in which the client takes lines
     * @param deflater shared by the subscriptions of the thread
     */
    BatchFrames(String sub, LineForm form, LineDeflater deflater) {
        this.form = form;
        this.deflater = deflater;
        frames = new TailFrames(null, sub);
    }

    /**
     * In the order in which they are sent: the snapshot before its marks, the marks before later lines.
     *
     * @param behind whether the client has received less than was sent some time ago
     */
    List<ClientLogMessage> of(LogBatch batch, boolean behind) {
        List<ClientLogMessage> all = new ArrayList<>();
        if (batch.isSnapshot()) {
            all.add(lines(batch, behind));
        }
        batch.marks().forEach(mark -> all.add(new Text(frames.mark(batch.container(), mark))));
        if (!batch.isSnapshot() && !batch.lines().isEmpty()) {
            all.add(lines(batch, behind));
        }
        return all;
    }

    /** Lines without a position, which no tail of this program has, are not possible in a binary message. */
    private ClientLogMessage lines(LogBatch batch, boolean behind) {
        boolean withoutPosition = batch.cursor() == null && !batch.lines().isEmpty();
        if (form == LineForm.TEXT || withoutPosition) {
            return new Text(LogFrames.write(frame(batch)));
        }
        BinaryMessage message = BinaryFrames.write(frame(batch));
        boolean worth = behind || (batch.isSnapshot() && message.size() >= LARGE_SNAPSHOT);
        boolean compressed = form == LineForm.COMPRESSED || (form == LineForm.COMPRESSED_IF_WORTH && worth);
        return new Binary(compressed ? deflater.compress(message) : message);
    }

    private LogFrame frame(LogBatch batch) {
        return batch.isSnapshot()
                ? frames.snapshotFrame(batch.container(), snapshot(batch))
                : frames.linesFrame(batch.container(), batch.slice());
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
