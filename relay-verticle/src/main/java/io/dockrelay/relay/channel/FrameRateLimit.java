package io.dockrelay.relay.channel;

import io.dockrelay.protocol.timers.TokenBucket;

/**
 * Decides how long lines are gathered before they are sent: not at all while a channel has few frames; otherwise until a
 * token per frame is back in the bucket, and never longer than {@link #longestMs}. So a chatty log with one subscriber
 * waits a millisecond, a log with tens of subscribers up to {@link #USUAL_MS}, and only one with many hundreds waits longer:
 * writes to sockets are most of the cost of a crowd, and longer waits make fewer of them. Has no clock. For one thread.
 */
final class FrameRateLimit {

    /** No line of a channel with fewer than some hundred subscribers waits longer. */
    static final long USUAL_MS = 20;

    /** No line waits longer, however many subscribers there are. */
    static final long LONGEST_MS = 100;

    /** Lines are gathered when a channel's subscribers together would get more frames per second than this. */
    static final int FRAMES_PER_SECOND = 1_000;

    /** Beyond {@link #USUAL_MS} lines wait until a channel sends no more frames than this. */
    static final int CROWD_FRAMES_PER_SECOND = 25_000;

    /** Frames that may be sent at once after a quiet time. */
    private static final int BURST = 100;

    private static final double FRAMES_PER_MILLISECOND = FRAMES_PER_SECOND / 1_000.0;

    private final TokenBucket bucket =
            new TokenBucket(BURST, FRAMES_PER_MILLISECOND, LONGEST_MS * FRAMES_PER_MILLISECOND);

    /**
     * How long the next line has to wait.
     *
     * @param subscribers the number of frames that it becomes
     * @param now milliseconds, never decreasing
     * @return 0 when it is sent at once
     */
    long waitMs(int subscribers, long now) {
        double wait = bucket.unitsUntil(1, now);
        return wait == 0 ? 0 : Math.clamp((long) Math.ceil(wait), 1, longestMs(subscribers));
    }

    /** These frames are sent now. */
    void leave(int frames, long now) {
        bucket.take(frames, now);
    }

    private static long longestMs(int subscribers) {
        return Math.clamp(subscribers * 1_000L / CROWD_FRAMES_PER_SECOND, USUAL_MS, LONGEST_MS);
    }
}
