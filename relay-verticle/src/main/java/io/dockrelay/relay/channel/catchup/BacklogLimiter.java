package io.dockrelay.relay.channel.catchup;

/**
 * Bounds the backlogs of one relay: while too much of what was sent is unread, the next backlogs are small. Owned by the
 * channels' shared context; for one thread.
 */
public final class BacklogLimiter {

    private final ChannelLimits limits;

    /** Bytes that were sent to subscribers and not read yet. */
    private long unread;

    public BacklogLimiter(ChannelLimits limits) {
        this.limits = limits;
    }

    /**
     * The limits of the next backlog.
     *
     * @param size what its subscriber may have
     */
    public ChannelLimits limits(BacklogSize size) {
        return switch (size) {
            case WHOLE -> isExhausted() ? limits.reduced() : limits;
            case REDUCED -> limits.reduced();
            case LEAST -> limits.least();
        };
    }

    /** Whether a backlog of that size may be sent now. */
    public boolean admits(long bytes) {
        return !isExhausted() || bytes <= limits.reduced().snapshotBytes();
    }

    private boolean isExhausted() {
        return unread >= limits.unreadBytes();
    }

    /** @param bytes that are unread now; negative when they were read */
    public void add(long bytes) {
        unread += bytes;
    }
}
