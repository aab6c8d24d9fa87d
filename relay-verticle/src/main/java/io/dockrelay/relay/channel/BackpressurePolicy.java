package io.dockrelay.relay.channel;

import io.dockrelay.protocol.logs.BatchTaken;

/**
 * Decides what a tail is told about its last batch: it goes on while anybody can take, pauses while nobody can, and goes
 * to the present after everybody has stalled for 5 s. An answer that has to wait is held for 4 s at most, because a tail
 * gives its reader up when it is not answered. Knows no clock. For one thread.
 */
final class BackpressurePolicy {

    /** How the readers of a channel stand, by the best of them. */
    enum Readers {
        /** At least one takes more, or there is none at all. */
        READY,
        /** Some still fetch their backlog, and all others are full. */
        JOINING,
        /** Every one is full. */
        STALLED
    }

    static final long JUMP_AFTER_MS = 5_000;
    static final long HOLD_MS = 4_000;
    private static final long NEVER = Long.MIN_VALUE;

    /** Since when every reader has been full without a pause. */
    private long stalledSince = NEVER;

    /** The answer now; null when it is to be held for {@link #holdMs}. */
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

    /** How long an answer is held. */
    long holdMs(long now) {
        long untilJump = stalledSince == NEVER ? HOLD_MS : stalledSince + JUMP_AFTER_MS - now;
        return Math.clamp(untilJump, 1, HOLD_MS);
    }

    /** The answer when the hold has ended. */
    BatchTaken heldLongEnough(Readers readers, long now) {
        BatchTaken answer = answer(readers, now);
        return answer == null ? BatchTaken.WAIT : answer;
    }
}
