package io.dockrelay.e2e.harness;

import java.util.concurrent.locks.LockSupport;

/**
 * The current faults of the connections through a {@link CuttingProxy}. Set by any thread, effective for all
 * connections at once; by default there are none, at no cost.
 */
public final class LinkFaults {

    private static final int PIECE = 4096;

    private volatile boolean closed;
    private volatile boolean stalled;
    private volatile long delayNanos;
    /** Zero for no limit. */
    private volatile long bytesPerSecond;
    /** Zero for no limit. */
    private volatile long lifetimeNanos;

    /** While true, connections are refused. */
    public void closed(boolean refused) {
        closed = refused;
    }

    public boolean isClosed() {
        return closed;
    }

    /** While true, no bytes are forwarded, and neither side gets an error. */
    public void stalled(boolean value) {
        stalled = value;
    }

    public void delay(long millis) {
        delayNanos = millis * 1_000_000;
    }

    public void limitRate(long bytesEachSecond) {
        bytesPerSecond = bytesEachSecond;
    }

    /** Connections older than this are cut. */
    public void lifetime(long millis) {
        lifetimeNanos = millis * 1_000_000;
    }

    boolean outlived(long bornNanos) {
        long limit = lifetimeNanos;
        return limit > 0 && System.nanoTime() - bornNanos > limit;
    }

    public void clear() {
        closed = false;
        stalled = false;
        delayNanos = 0;
        bytesPerSecond = 0;
        lifetimeNanos = 0;
    }

    /** How many of these bytes are forwarded in one piece. */
    int piece(int bytes) {
        return bytesPerSecond > 0 ? Math.min(PIECE, bytes) : bytes;
    }

    /** Returns when this many bytes may be forwarded. */
    void pass(int bytes) {
        while (stalled) {
            LockSupport.parkNanos(5_000_000);
        }
        long wait = delayNanos;
        long rate = bytesPerSecond;
        if (rate > 0) {
            wait += bytes * 1_000_000_000L / rate;
        }
        long until = System.nanoTime() + wait;
        while (wait > 0) {
            LockSupport.parkNanos(wait);
            wait = until - System.nanoTime();
        }
    }
}
