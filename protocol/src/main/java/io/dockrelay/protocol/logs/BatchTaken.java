package io.dockrelay.protocol.logs;

/**
 * The receiver's answer to a {@link LogBatch}; it arrives within 5 seconds in every case.
 *
 * @param verdict what the tail does next
 */
public record BatchTaken(Verdict verdict) {

    public static final BatchTaken CONTINUE = new BatchTaken(Verdict.CONTINUE);
    public static final BatchTaken WAIT = new BatchTaken(Verdict.WAIT);
    public static final BatchTaken JUMP = new BatchTaken(Verdict.JUMP);
    public static final BatchTaken CLOSE = new BatchTaken(Verdict.CLOSE);

    /** What a tail does after a batch. */
    public enum Verdict {
        /** Send the next one. */
        CONTINUE,
        /** Send nothing for now: stay paused, and ask again with an empty batch. */
        WAIT,
        /** Skip to the present, with a gap. */
        JUMP,
        /** There is no reader any more: end. */
        CLOSE
    }
}
