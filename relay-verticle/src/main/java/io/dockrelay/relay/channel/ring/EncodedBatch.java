package io.dockrelay.relay.channel.ring;

import java.util.List;

import io.dockrelay.protocol.logs.LogBatch;
import io.dockrelay.protocol.logs.TailMark;
import io.dockrelay.protocol.wire.TailFrames;

/** One batch as the ring keeps it, encoded once for all subscribers. Immutable. */
public final class EncodedBatch {

    /** Bytes of an entry besides its frame: the objects, marks and cursor. */
    private static final int OVERHEAD = 256;

    private final String name;
    private final List<TailMark> marks;

    /** Null when there are no lines. */
    private final byte[] frame;

    private final int lines;
    private final String cursor;
    private final String first;
    private final String lastTimestamp;

    private EncodedBatch(LogBatch batch, byte[] frame) {
        name = batch.container();
        marks = batch.marks();
        this.frame = frame;
        lines = batch.lines().count();
        cursor = batch.cursor();
        first = batch.first();
        lastTimestamp = batch.lines().lastTimestamp();
    }

    public static EncodedBatch of(LogBatch batch, String controller) {
        boolean none = batch.lines().isEmpty();
        return new EncodedBatch(
                batch, none ? null : new TailFrames(controller, null).lines(batch.container(), batch.slice()));
    }

    /** The container's name in this batch. */
    public String name() {
        return name;
    }

    /** What comes before the lines. */
    public List<TailMark> marks() {
        return marks;
    }

    /** {@code new_logs} without a {@code sub}, shared by all subscribers: never modified. Null when there are no lines. */
    public byte[] frame() {
        return frame;
    }

    /** Lines in the frame. */
    int lines() {
        return lines;
    }

    /** Encoded position after the batch; null when nothing was ever read. */
    String cursor() {
        return cursor;
    }

    /** Encoded position of the first line; null when there is none, or it is unknown. */
    String first() {
        return first;
    }

    /** Of the last line; null when there is none. */
    String lastTimestamp() {
        return lastTimestamp;
    }

    /** Bytes that count against the ring's bound. */
    int size() {
        return OVERHEAD + (frame == null ? 0 : frame.length);
    }

    /** The tail's gaps among the marks. */
    int gaps() {
        int gaps = 0;
        for (TailMark mark : marks) {
            gaps += mark instanceof TailMark.Gap ? 1 : 0;
        }
        return gaps;
    }

    /** The last state among the marks; null when there is none. */
    TailMark.State lastState() {
        for (int i = marks.size() - 1; i >= 0; i--) {
            if (marks.get(i) instanceof TailMark.State state) {
                return state;
            }
        }
        return null;
    }
}
