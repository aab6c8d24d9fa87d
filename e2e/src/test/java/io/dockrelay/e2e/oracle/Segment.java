package io.dockrelay.e2e.oracle;

import java.nio.file.Path;

/**
 * One file of a container's log, kept by a hard link: it can be read to its end even after the engine has deleted it.
 */
final class Segment {

    private final String containerId;
    private final Path kept;
    /** Nano time at which it was last seen in the engine's own folder; {@code Long.MAX_VALUE} while it is there. */
    private volatile long goneSince = Long.MAX_VALUE;

    Segment(String containerId, Path kept) {
        this.containerId = containerId;
        this.kept = kept;
    }

    String containerId() {
        return containerId;
    }

    Path kept() {
        return kept;
    }

    void gone(long lastSeenNanos) {
        goneSince = lastSeenNanos;
    }

    boolean isGone() {
        return goneSince != Long.MAX_VALUE;
    }

    /** Whether the engine had deleted it by this time. */
    boolean goneBy(long nanoTime) {
        long gone = goneSince;
        return gone != Long.MAX_VALUE && gone <= nanoTime;
    }
}
