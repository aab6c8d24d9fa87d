package io.dockrelay.relay.channel.ring;

import java.util.ArrayList;
import java.util.List;

/**
 * Bounds the bytes of all rings together: when there are too many, the largest ring evicts its oldest batch. Owned by the
 * channels' shared context. For one thread.
 */
public final class RingBudget {

    /** A ring, as its budget sees it. */
    interface Member {

        long bytes();

        /** Whether it has more than its newest batch, which it keeps in any case. */
        boolean canShrink();

        /** Evicts the oldest batch, and reports that with {@link #changed}. */
        void evictOldest();
    }

    private final long maxBytes;
    private final List<Member> rings = new ArrayList<>();

    /** Bytes of all rings now. */
    private long used;

    public RingBudget(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    public long used() {
        return used;
    }

    void enter(Member ring) {
        rings.add(ring);
    }

    void leave(Member ring) {
        if (rings.remove(ring)) {
            used -= ring.bytes();
        }
    }

    /** @param bytes by which a ring has grown; negative when it has shrunk */
    void changed(long bytes) {
        used += bytes;
    }

    /** Evicts until the bytes fit, or no ring can shrink. */
    void settle() {
        while (used > maxBytes) {
            Member largest = largest();
            if (largest == null) {
                return;
            }
            largest.evictOldest();
        }
    }

    /** The first one of the largest rings that can shrink; null when there is none. */
    private Member largest() {
        Member largest = null;
        for (Member ring : rings) {
            if (ring.canShrink() && (largest == null || ring.bytes() > largest.bytes())) {
                largest = ring;
            }
        }
        return largest;
    }
}
