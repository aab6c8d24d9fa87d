package io.dockrelay.relay.uplink;

/**
 * What one tail has granted its controller: a window at first, and again what its reader has taken, in portions. So no
 * more than a window waits here, and what is beyond it waits at the engine. Pure; for one thread.
 */
final class TailCredit {

    /** Of a window, so that grants are few. */
    private static final int PORTIONS = 4;

    private final int window;
    private long received;
    private long taken;
    private long granted;

    TailCredit(int window) {
        this.window = window;
    }

    /** A new subscription begins; what is left of the one before costs nothing. Returns what to grant it. */
    int begin() {
        received = 0;
        taken = 0;
        granted = 0;
        return window;
    }

    /** A message of so many bytes has come. */
    void received(int bytes) {
        received += bytes;
    }

    /** The reader has taken so many bytes, or nobody wants them. */
    void taken(int bytes) {
        taken += bytes;
    }

    /** What to grant now; 0 for nothing yet. */
    int due() {
        // Of the subscription before there may be taken what was never received on this one.
        long due = Math.min(taken, received) - granted;
        if (due < window / PORTIONS) {
            return 0;
        }
        granted += due;
        return (int) Math.min(due, Integer.MAX_VALUE);
    }
}
