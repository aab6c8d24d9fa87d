package io.dockrelay.relay.channel;

import io.dockrelay.protocol.bus.tail.TailReceiver;
import io.dockrelay.protocol.logs.BatchTaken;

/**
 * Decides how a channel answers a batch: the tail continues while at least one subscriber takes more, pauses while none
 * does, and skips to the present after all have stalled for 5 s. Has no clock. For one thread.
 */
final class BackpressurePolicy {

    /** What the subscribers of a channel can take, by the best of them. */
    enum Readers {
        /** At least one takes more, or there is none. */
        READY,
        /** Some still fetch their backlog; all others are full. */
        JOINING,
        /** All are full. */
        STALLED
    }

    static final long JUMP_AFTER_MS = 5_000;
    private static final long HOLD_MS = TailReceiver.MAX_HOLD.toMillis();
    private static final long NEVER = Long.MIN_VALUE;

    /** Since when all subscribers have been full without a pause. */
    private long stalledSince = NEVER;

    /** The answer now; null to hold it for {@link #holdMs}. */
    BatchTaken answer(Readers readers, long now) {
        if (readers == Readers.READY) {
            stalledSince = NEVER;
            return BatchTaken.CONTINUE;
        }
        if (readers == Readers.JOINING) {
            stalledSince = NEVER;
            return null;
        }
        stalledSince = stalledSince == NEVER ? now : stalledSince;
        if (now - stalledSince < JUMP_AFTER_MS) {
            return null;
        }
        stalledSince = now;
        return BatchTaken.JUMP;
    }

    /** How long to hold the answer: at most until the jump is due. */
    long holdMs(long now) {
        long untilJump = stalledSince == NEVER ? HOLD_MS : stalledSince + JUMP_AFTER_MS - now;
        return Math.clamp(untilJump, 1, HOLD_MS);
    }
}
