package io.dockrelay.relay.channel.ring;

import java.util.ArrayList;
import java.util.List;

/**
 * Bounds the bytes of all rings together: when they are too many, the largest ring gives up its oldest batch. For one
 * thread.
 */
public final class RingBudget {

    private final long most;
    private final List<Ring> rings = new ArrayList<>();

    /** Bytes that all rings hold now. */
    private long used;

    public RingBudget(long most) {
        this.most = most;
    }

    public long used() {
        return used;
    }

    void enter(Ring ring) {
        rings.add(ring);
    }

    void leave(Ring ring) {
        if (rings.remove(ring)) {
            used -= ring.bytes();
        }
    }

    /** A ring has grown or, by a negative number, shrunk. */
    void changed(long bytes) {
        used += bytes;
    }

    /** Makes room; every ring keeps at least its newest batch. */
    void settle() {
        while (used > most) {
            Ring largest = largest();
            if (largest == null) {
                return;
            }
            largest.evictOldest();
        }
    }

    private Ring largest() {
        Ring largest = null;
        for (Ring ring : rings) {
            if (ring.size() > 1 && (largest == null || ring.bytes() > largest.bytes())) {
                largest = ring;
            }
        }
        return largest;
    }
}
