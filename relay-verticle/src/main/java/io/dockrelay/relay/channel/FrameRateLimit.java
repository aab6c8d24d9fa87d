package io.dockrelay.relay.channel;

/**
 * Decides how long lines are gathered before they go out: not at all while a channel's frames are few; once they are
 * many, until as much time has passed as the frames before are worth, and never longer than {@link #LONGEST_MS}. So one
 * reader of a chatty log waits a millisecond, and only a crowd waits for the whole time. Knows no clock. For one thread.
 */
final class FrameRateLimit {

    /** No line waits longer. */
    static final long LONGEST_MS = 20;

    /** Lines are gathered when a channel's readers together would get more frames a second than this. */
    static final int FRAMES_A_SECOND = 1_000;

    /** After a quiet spell so many frames leave at once all the same. */
    private static final int BURST = 100;

    private static final double FRAMES_A_MILLISECOND = FRAMES_A_SECOND / 1_000.0;
    private static final double DEEPEST_DEBT = -LONGEST_MS * FRAMES_A_MILLISECOND;

    /** Frames that may still leave without a wait; negative when too many have left. */
    private double room = BURST;

    private long countedAt;

    /**
     * How long the next line has to wait.
     *
     * @param now milliseconds that only ever grow
     * @return 0 when it leaves at once
     */
    long waitMs(long now) {
        count(now);
        return room >= 1 ? 0 : Math.clamp((long) Math.ceil((1 - room) / FRAMES_A_MILLISECOND), 1, LONGEST_MS);
    }

    /** So many frames leave now. */
    void leave(int frames, long now) {
        count(now);
        room = Math.max(DEEPEST_DEBT, room - frames);
    }

    private void count(long now) {
        room = Math.min(BURST, room + (now - countedAt) * FRAMES_A_MILLISECOND);
        countedAt = now;
    }
}
