package io.dockrelay.relay.channel;

import java.time.Duration;

/**
 * How much the channels of one relay take on.
 *
 * @param lines the largest backlog that one subscription gets
 * @param ringBytes encoded lines that one channel keeps for its slower readers
 * @param allRingsBytes encoded lines that all channels keep together
 * @param snapshotBytes of the lines in one snapshot frame
 * @param linger how long a channel without subscriptions stays open, for a page that comes back at once
 */
public record ChannelLimits(int lines, int ringBytes, long allRingsBytes, int snapshotBytes, Duration linger) {

    private static final int MIB = 1024 * 1024;

    /** 4 MiB a ring, 64 MiB for all, 4 MiB a snapshot, 1 s of linger. */
    public static ChannelLimits withLines(int lines) {
        return new ChannelLimits(lines, 4 * MIB, 64L * MIB, 4 * MIB, Duration.ofSeconds(1));
    }
}
