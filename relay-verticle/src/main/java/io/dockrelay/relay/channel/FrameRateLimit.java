package io.dockrelay.relay.channel;

import io.dockrelay.protocol.timers.TokenBucket;

/**
 * Decides how long lines are gathered before they are sent: not at all while a channel has few frames; otherwise until a
 * token per frame is back in the bucket, and never longer than {@link #LONGEST_MS}. So a chatty log with one subscriber
 * waits a millisecond, and only a log with many subscribers waits for the whole time. Has no clock. For one thread.
 */
final class FrameRateLimit {

    /** No line waits longer. */
    static final long LONGEST_MS = 20;

    /** Lines are gathered when a channel's subscribers together would get more frames per second than this. */
    static final int FRAMES_PER_SECOND = 1_000;

    /** Frames that may be sent at once after a quiet time. */
    private static final int BURST = 100;

    private static final double FRAMES_PER_MILLISECOND = FRAMES_PER_SECOND / 1_000.0;

    private final TokenBucket bucket =
            new TokenBucket(BURST, FRAMES_PER_MILLISECOND, LONGEST_MS * FRAMES_PER_MILLISECOND);

    /**
     * How long the next line has to wait.
     *
     * @param now milliseconds, never decreasing
     * @return 0 when it is sent at once
     */
    long waitMs(long now) {
        double wait = bucket.unitsUntil(1, now);
        return wait == 0 ? 0 : Math.clamp((long) Math.ceil(wait), 1, LONGEST_MS);
    }

    /** These frames are sent now. */
    void leave(int frames, long now) {
        bucket.take(frames, now);
    }
}
