package io.dockrelay.controller.logs.rotation;

import io.dockrelay.protocol.timers.TokenBucket;

/**
 * Decides which silences are questioned: the follower may stand still, and each question costs a new stream. In a stream
 * that does not answer such a question, and after a flood, the first silence is; otherwise the bytes that arrived have to
 * pay for it. But a silence that goes on is questioned whatever was paid, after 4, 8, 16, 32 and 64 seconds: five such
 * questions until the next one is paid for. Without a new entry there is no second question. For one container's tail, over
 * all its streams; knows no clock.
 */
final class SilenceQuestions {

    /** Questions without pay that may follow each other. */
    static final int MAX_UNPAID = 5;

    /** The silence, in nanoseconds, after which the first question without pay is asked; each further one takes twice it. */
    static final long FIRST_UNPAID = 4_000_000_000L;

    private final double price;

    /** Separate from the bucket for pauses, which these questions would use up. */
    private final TokenBucket saved;

    /** Questions without pay since the last one with it. */
    private int unpaid;

    /** Whether no question was asked since the newest entry. */
    private boolean news;

    /** Whether a question was asked in this stream, so that the next one answers it. */
    private boolean questioned;

    /**
     * Whether the stream was opened for another reason, and no silence in it was questioned yet: it may stand still from its
     * start, if the log rotates while the engine opens it.
     */
    private boolean unproven;

    /** @param price what one question costs, in bytes that arrived */
    SilenceQuestions(double price) {
        this.price = price;
        saved = new TokenBucket(price, 1, 0);
        saved.take(price, 0);
    }

    /** A further stream is opened; it may start more than once. */
    void openStream() {
        unproven = !questioned;
        questioned = false;
    }

    /** A new entry has arrived. */
    void arrived() {
        news = true;
    }

    /**
     * Whether to ask the store; the answer true counts as asked.
     *
     * @param nanos how long nothing has arrived
     * @param bytes all that have arrived in the tail
     * @param flooded whether a flood arrived right before the silence
     */
    boolean ask(long nanos, long bytes, boolean flooded) {
        boolean asked = unproven || (news && affords(nanos, bytes, flooded));
        if (asked) {
            news = false;
            unproven = false;
            questioned = true;
        }
        return asked;
    }

    private boolean affords(long nanos, long bytes, boolean flooded) {
        boolean paid = saved.available(bytes) >= price;
        if (paid || flooded) {
            saved.take(price, bytes);
            unpaid = paid ? 0 : unpaid;
            return true;
        }
        boolean goesOn = unpaid < MAX_UNPAID && nanos >= FIRST_UNPAID << unpaid;
        unpaid += goesOn ? 1 : 0;
        return goesOn;
    }
}
