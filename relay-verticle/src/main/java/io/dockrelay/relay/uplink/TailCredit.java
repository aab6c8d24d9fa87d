package io.dockrelay.relay.uplink;

/**
 * The credit that one tail grants its controller: a window at first, and then, in portions, the bytes that its receiver has
 * taken. So at most a window waits here, and the rest waits at the engine. Pure; for one thread.
 */
final class TailCredit {

    /** Portions of a window, so that there are few grants. */
    private static final int PORTIONS = 4;

    /** A receiver accepts a message of 8 MiB (docs/protocol.md, section 1). */
    private static final long LARGEST_MESSAGE = 8L * 1024 * 1024;

    private final int window;
    private long received;
    private long taken;
    private long granted;

    TailCredit(int window) {
        this.window = window;
    }

    /** A new subscription begins; the remaining credit of the previous one is void. Returns the bytes to grant. */
    int begin() {
        received = 0;
        taken = 0;
        granted = 0;
        return window;
    }

    /** A message of this size has arrived. */
    void received(int bytes) {
        received += bytes;
    }

    /** The receiver has taken these bytes, or they are not wanted. */
    void taken(int bytes) {
        taken += bytes;
    }

    /**
     * Whether more has arrived than a controller may send that keeps to its credit: a message may be longer than what remains,
     * and what was sent on the previous subscription may still arrive on this one.
     */
    boolean isExceeded() {
        return received - granted > 2 * (window + LARGEST_MESSAGE);
    }

    /** Bytes to grant now; 0 for nothing yet. */
    int due() {
        // The receiver may take bytes that arrived on the previous subscription.
        long due = Math.min(taken, received) - granted;
        if (due < window / PORTIONS) {
            return 0;
        }
        granted += due;
        return (int) Math.min(due, Integer.MAX_VALUE);
    }
}
