package io.dockrelay.controller.server;

import java.util.ArrayList;
import java.util.List;

import io.dockrelay.protocol.logs.Cursor;
import io.dockrelay.protocol.logs.LogBatch;
import io.dockrelay.protocol.logs.TailMark;
import io.dockrelay.protocol.wire.LogFrame;
import io.dockrelay.protocol.wire.LogFrames;
import io.dockrelay.protocol.wire.ServerMessage;
import io.dockrelay.protocol.wire.WireJson;

/**
 * The messages that a tail's batches become on the wire. One for each subscription; remembers the last line's time, for
 * frames without lines. Pure.
 */
final class BatchFrames {

    private final String sub;

    /** Null as long as nothing was read. */
    private String lastTimestamp;

    /** @param sub the client's own name for the subscription; null when it gave none */
    BatchFrames(String sub) {
        this.sub = sub;
    }

    /** In the order in which they go out: the snapshot before its marks, the marks before later lines. */
    List<byte[]> of(LogBatch batch) {
        remember(batch);
        List<byte[]> frames = new ArrayList<>();
        if (batch.isSnapshot()) {
            frames.add(lines(batch));
        }
        batch.marks().forEach(mark -> frames.add(WireJson.write(message(batch, mark))));
        if (!batch.isSnapshot() && !batch.lines().isEmpty()) {
            frames.add(lines(batch));
        }
        return frames;
    }

    private byte[] lines(LogBatch batch) {
        return LogFrames.write(new LogFrame(
                batch.isSnapshot(),
                batch.container(),
                null,
                sub,
                batch.lines(),
                batch.cursor(),
                lastTimestamp,
                batch.moreBefore(),
                batch.resumed(),
                batch.first()));
    }

    private ServerMessage message(LogBatch batch, TailMark mark) {
        return switch (mark) {
            case TailMark.State state ->
                new ServerMessage.LogState(state.name(), null, sub, state.state(), state.at(), state.message());
            case TailMark.Gap gap ->
                new ServerMessage.LogGap(batch.container(), null, sub, gap.reason(), gap.from(), gap.to(), gap.count());
        };
    }

    private void remember(LogBatch batch) {
        if (!batch.lines().isEmpty()) {
            lastTimestamp = batch.lines().lastTimestamp();
        } else if (lastTimestamp == null && batch.cursor() != null) {
            lastTimestamp = NanosecondTime.format(Cursor.decode(batch.cursor()).timestamp());
        }
    }
}
