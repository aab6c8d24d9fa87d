package io.dockrelay.controller.logs.entries;

/**
 * What a read that started somewhere in the store knows about the entries before it. The engine stores entries roughly in
 * the order of their timestamps (stdout and stderr are out of order by microseconds). So once an entry was read that is
 * clearly older than a timestamp, all entries of that timestamp are inside the read.
 */
final class ReadHorizon {

    private static final long CLEARLY_OLDER_NANOS = 10_000_000;
    private static final long SECOND = 1_000_000_000;

    /** True when the read started with the first entry of the store. */
    private final boolean storeStart;

    /** True after the first entry. */
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

    /** An entry was read. */
    void saw(DockerTimestamp stamp) {
        boolean older = stamp.seconds < oldestSeconds || (stamp.seconds == oldestSeconds && stamp.nanos < oldestNanos);
        if (!any || older) {
            any = true;
            oldestSeconds = stamp.seconds;
            oldestNanos = stamp.nanos;
        }
    }
}
