package io.dockrelay.controller.server;

import java.util.ArrayList;
import java.util.List;

import io.dockrelay.controller.server.ClientLogMessage.Binary;
import io.dockrelay.controller.server.ClientLogMessage.Text;
import io.dockrelay.protocol.logs.Cursor;
import io.dockrelay.protocol.logs.LogBatch;
import io.dockrelay.protocol.wire.BinaryFrames;
import io.dockrelay.protocol.wire.LogFrame;
import io.dockrelay.protocol.wire.LogFrames;
import io.dockrelay.protocol.wire.TailFrames;

/**
 * Makes WebSocket messages of a tail's batches. One per subscription. Pure; for one thread.
 */
final class BatchFrames {

    private final String sub;
    private final TailFrames frames;
    private final boolean binary;

    /**
     * @param sub the client's own name for the subscription; null when it gave none
     * @param binary whether the client takes lines in binary messages
     */
    BatchFrames(String sub, boolean binary) {
        this.sub = sub;
        this.binary = binary;
        frames = new TailFrames(null, sub);
    }

    /** In the order in which they are sent: the snapshot before its marks, the marks before later lines. */
    List<ClientLogMessage> of(LogBatch batch) {
        List<ClientLogMessage> all = new ArrayList<>();
        if (batch.isSnapshot()) {
            all.add(lines(batch));
        }
        batch.marks().forEach(mark -> all.add(new Text(frames.mark(batch.container(), mark))));
        if (!batch.isSnapshot() && !batch.lines().isEmpty()) {
            all.add(lines(batch));
        }
        return all;
    }

    private ClientLogMessage lines(LogBatch batch) {
        return binary && (batch.cursor() != null || batch.lines().isEmpty())
                ? new Binary(BinaryFrames.write(frame(batch)))
                : new Text(LogFrames.write(frame(batch)));
    }

    private LogFrame frame(LogBatch batch) {
        return new LogFrame(
                batch.isSnapshot(),
                batch.container(),
                null,
                sub,
                batch.slice(),
                lastTimestamp(batch),
                batch.moreBefore(),
                batch.resumption());
    }

    /** Without lines: the time of the position, which is that of the last line before. */
    private static String lastTimestamp(LogBatch batch) {
        if (batch.lines().isEmpty() && batch.cursor() != null) {
            return NanosecondTime.format(Cursor.decode(batch.cursor()).timestamp());
        }
        return batch.lines().lastTimestamp();
    }
}
