package io.dockrelay.e2e.harness;

import java.util.concurrent.locks.LockSupport;

/**
 * What the connections through a {@link CuttingProxy} suffer just now. Set by any thread, felt by all connections at
 * once; clear weather is the default and costs nothing.
 */
public final class LinkFaults {

    private static final int PIECE = 4096;

    private volatile boolean closed;
    private volatile boolean stalled;
    private volatile long delayNanos;
    /** Zero for as fast as it goes. */
    private volatile long bytesPerSecond;
    /** Zero for never. */
    private volatile long lifetimeNanos;

    /** Connections are refused, as long as it lasts. */
    public void closed(boolean refused) {
        closed = refused;
    }

    public boolean isClosed() {
        return closed;
    }

    /** Nothing moves, and nobody is told. */
    public void stalled(boolean still) {
        stalled = still;
    }

    public void delay(long millis) {
        delayNanos = millis * 1_000_000;
    }

    public void shape(long bytesEachSecond) {
        bytesPerSecond = bytesEachSecond;
    }

    /** Connections older than this are cut. */
    public void lifetime(long millis) {
        lifetimeNanos = millis * 1_000_000;
    }

    boolean outlived(long bornNanos) {
        long most = lifetimeNanos;
        return most > 0 && System.nanoTime() - bornNanos > most;
    }

    public void clear() {
        closed = false;
        stalled = false;
        delayNanos = 0;
        bytesPerSecond = 0;
        lifetimeNanos = 0;
    }

    /** How many bytes of these go on the way in one piece. */
    int piece(int bytes) {
        return bytesPerSecond > 0 ? Math.min(PIECE, bytes) : bytes;
    }

    /** Returns when so many bytes may go on. */
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
