package io.dockrelay.relay.channel.catchup;

import java.time.Duration;

/**
 * How much the channels of one relay take on.
 *
 * @param lines the largest backlog that one subscription gets
 * @param ringBytes encoded lines that one channel keeps for its slower readers
 * @param allRingsBytes encoded lines that all channels keep together
 * @param snapshotBytes of one snapshot frame
 * @param catchUpBytes of the lines that one resumption catches up with
 * @param unreadBytes of backlogs that were handed over and not read yet, for all readers together; beyond it backlogs
 *     are {@link #meagre}
 * @param linger how long a channel without subscriptions stays open, for a page that comes back at once
 */
public record ChannelLimits(
        int lines,
        int ringBytes,
        long allRingsBytes,
        int snapshotBytes,
        long catchUpBytes,
        long unreadBytes,
        Duration linger) {

    private static final int MIB = 1024 * 1024;
    private static final int MEAGRE_LINES = 256;
    private static final int MEAGRE_BYTES = 64 * 1024;

    /** 4 MiB a ring, 64 MiB for all, 4 MiB a snapshot, 8 MiB behind, 32 MiB unread, 1 s of linger. */
    public static ChannelLimits withLines(int lines) {
        return new ChannelLimits(lines, 4 * MIB, 64L * MIB, 4 * MIB, 8L * MIB, 32L * MIB, Duration.ofSeconds(1));
    }

    /** What a backlog is cut down to while too much of those before is unread: about one frame. */
    ChannelLimits meagre() {
        int most = Math.min(lines, MEAGRE_LINES);
        return new ChannelLimits(most, ringBytes, allRingsBytes, MEAGRE_BYTES, MEAGRE_BYTES, unreadBytes, linger);
    }
}
