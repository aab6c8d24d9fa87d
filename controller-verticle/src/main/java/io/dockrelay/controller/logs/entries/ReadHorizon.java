package io.dockrelay.controller.logs.entries;

/**
 * What a read that began somewhere in the store can know about what stood before. The engine writes entries down in
 * about the order of their timestamps (stdout and stderr swap by microseconds), so once an entry was seen that is
 * clearly older than a timestamp, all entries of that timestamp are inside the read.
 */
final class ReadHorizon {

    private static final long CLEARLY_OLDER_NANOS = 10_000_000;
    private static final long SECOND = 1_000_000_000;

    /** True if nothing at all stood before the read. */
    private final boolean storeStart;

    private boolean any;
    private long oldestSeconds;
    private int oldestNanos;

    ReadHorizon(boolean storeStart) {
        this.storeStart = storeStart;
    }

    /** Whether every entry of this timestamp is inside the read. */
    boolean reachesBefore(DockerTimestamp stamp) {
        if (storeStart) {
            return true;
        }
        long seconds = stamp.seconds - oldestSeconds;
        return any
                && seconds >= 0
                && (seconds > 1 || seconds * SECOND + stamp.nanos - oldestNanos > CLEARLY_OLDER_NANOS);
    }

    /** Another entry was read. */
    void saw(DockerTimestamp stamp) {
        boolean older = stamp.seconds < oldestSeconds || (stamp.seconds == oldestSeconds && stamp.nanos < oldestNanos);
        if (!any || older) {
            any = true;
            oldestSeconds = stamp.seconds;
            oldestNanos = stamp.nanos;
        }
    }
}
