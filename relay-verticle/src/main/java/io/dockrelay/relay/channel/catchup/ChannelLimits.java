package io.dockrelay.relay.channel.catchup;

import java.time.Duration;

/**
 * Limits of the channels of one relay.
 *
 * @param lines the most lines of one subscription's backlog
 * @param ringBytes encoded lines that one channel keeps for its slower subscribers
 * @param allRingsBytes encoded lines that all channels keep together
 * @param snapshotBytes of one snapshot frame
 * @param catchUpBytes of the lines that one resumption reads
 * @param unreadBytes of backlogs that were sent and not read yet, for all subscribers together; beyond it backlogs are
 *     {@link #reduced}
 * @param linger how long a channel without subscriptions stays open, for a page that is reloaded
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
    private static final int REDUCED_LINES = 256;
    private static final int REDUCED_BYTES = 64 * 1024;
    private static final int LEAST_LINES = 16;

    /** 4 MiB per ring, 64 MiB for all, 4 MiB per snapshot, 8 MiB per catch-up, 32 MiB unread, 1 s of linger. */
    public static ChannelLimits withLines(int lines) {
        return new ChannelLimits(lines, 4 * MIB, 64L * MIB, 4 * MIB, 8L * MIB, 32L * MIB, Duration.ofSeconds(1));
    }

    /** The limits while too much of the backlogs before is unread: about one frame. */
    ChannelLimits reduced() {
        int most = Math.min(lines, REDUCED_LINES);
        return new ChannelLimits(most, ringBytes, allRingsBytes, REDUCED_BYTES, REDUCED_BYTES, unreadBytes, linger);
    }

    /** The limits after reads that took too long: a few of the newest lines, and no catch-up. */
    ChannelLimits least() {
        int most = Math.min(lines, LEAST_LINES);
        return new ChannelLimits(most, ringBytes, allRingsBytes, REDUCED_BYTES, 0, unreadBytes, linger);
    }
}
