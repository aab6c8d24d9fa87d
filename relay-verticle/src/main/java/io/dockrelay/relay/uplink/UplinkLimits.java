package io.dockrelay.relay.uplink;

import java.time.Duration;

/**
 * How long an uplink waits, and how much it takes on.
 *
 * @param connect for a connection, a handshake, and the first message behind it
 * @param pingEvery between two pings
 * @param silentAfter without a sign of life for so long, a connection counts as dead
 * @param request for the answer to a short REST request
 * @param textsLast how old status texts get, before a list that is asked for is fetched anew
 * @param messageBytes of the largest WebSocket message
 * @param creditBytes what a controller that keeps to credit may send of one tail before its reader has taken any
 * @param tailBytes lines that wait for the reader of one tail of another controller
 * @param allTailsBytes lines that wait for the readers of all such tails
 */
public record UplinkLimits(
        Duration connect,
        Duration pingEvery,
        Duration silentAfter,
        Duration request,
        Duration textsLast,
        int messageBytes,
        int creditBytes,
        int tailBytes,
        long allTailsBytes) {

    private static final int MIB = 1024 * 1024;

    /** 10 s, 10 s, 30 s, 15 s, 20 s; 16 MiB a message, half a MiB of credit; 4 MiB a tail, 64 MiB for all. */
    public static UplinkLimits standard() {
        return new UplinkLimits(
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(15),
                Duration.ofSeconds(20),
                16 * MIB,
                MIB / 2,
                4 * MIB,
                64L * MIB);
    }
}
