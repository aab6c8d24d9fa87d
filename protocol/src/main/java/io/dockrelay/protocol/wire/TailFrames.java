package io.dockrelay.protocol.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.dockrelay.protocol.logs.LogSlice;
import io.dockrelay.protocol.logs.LogSnapshot;
import io.dockrelay.protocol.logs.Resumption;
import io.dockrelay.protocol.logs.TailMark;

/**
 * Makes the frames of one subscription, as UTF-8 bytes of one text frame each: {@code log_snapshot}, {@code new_logs},
 * {@code log_gap} and {@code log_state}. The lines' bytes are copied as they are. Immutable.
 */
public final class TailFrames {

    private final String controller;
    private final String sub;

    /** The {@code sub} field and the closing brace, which complete a shared frame; null without a {@code sub}. */
    private final byte[] ending;

    /**
     * @param controller null between a controller and its clients
     * @param sub echo of the subscription's own; null when it gave none
     */
    public TailFrames(String controller, String sub) {
        this.controller = controller;
        this.sub = sub;
        ending = sub == null ? null : (",\"sub\":" + WireJson.text(sub) + "}").getBytes(StandardCharsets.UTF_8);
    }

    public byte[] snapshot(String container, LogSnapshot snapshot) {
        return LogFrames.write(snapshotFrame(container, snapshot));
    }

    /** A {@code log_snapshot} before it is written, for a form other than text. */
    public LogFrame snapshotFrame(String container, LogSnapshot snapshot) {
        return new LogFrame(
                true,
                container,
                controller,
                sub,
                snapshot.slice(),
                snapshot.lastTimestamp(),
                snapshot.moreBefore(),
                snapshot.resumption());
    }

    /** A {@code new_logs} with these lines, at least one. */
    public byte[] lines(String container, LogSlice slice) {
        return LogFrames.write(linesFrame(container, slice));
    }

    /** A {@code new_logs} before it is written, for a form other than text. */
    public LogFrame linesFrame(String container, LogSlice slice) {
        String lastTimestamp = slice.lines().lastTimestamp();
        return new LogFrame(false, container, controller, sub, slice, lastTimestamp, null, Resumption.FRESH);
    }

    /**
     * A frame that was made without a {@code sub}, for this subscription.
     *
     * @return the same array when there is no {@code sub}: never modify it
     */
    public byte[] ofShared(byte[] frame) {
        if (ending == null) {
            return frame;
        }
        int withoutBrace = frame.length - 1;
        byte[] completed = Arrays.copyOf(frame, withoutBrace + ending.length);
        System.arraycopy(ending, 0, completed, withoutBrace, ending.length);
        return completed;
    }

    /** @param container the container's name; a state mark carries its own */
    public byte[] mark(String container, TailMark mark) {
        return WireJson.write(
                switch (mark) {
                    case TailMark.State state ->
                        new ServerMessage.LogState(
                                state.name(), controller, sub, state.state(), state.at(), state.message());
                    case TailMark.Gap gap ->
                        new ServerMessage.LogGap(
                                container, controller, sub, gap.reason(), gap.from(), gap.to(), gap.count());
                });
    }
}
