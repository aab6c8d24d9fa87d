package io.dockrelay.relay.uplink;

import java.time.Duration;

/**
 * The timeouts and memory limits of an uplink.
 *
 * @param connect timeout of a connection, of its handshake, and of the first message after it
 * @param pingEvery between two pings
 * @param silentAfter a connection without a frame for this time is closed, at the next ping
 * @param request timeout of a short REST request
 * @param textsLast age of status texts at which a requested list is fetched again
 * @param actionEnds within this time the effect of an action must be seen, for a controller that does not report its end
 * @param messageBytes of the largest WebSocket message
 * @param creditBytes that a controller with {@code log_credit} may send per tail before the receiver has taken any
 * @param tailBytes of the lines that wait for the receiver of one tail, for a controller without {@code log_credit}
 * @param allTailsBytes of the lines that wait for the receivers of all such tails
 */
public record UplinkLimits(
        Duration connect,
        Duration pingEvery,
        Duration silentAfter,
        Duration request,
        Duration textsLast,
        Duration actionEnds,
        int messageBytes,
        int creditBytes,
        int tailBytes,
        long allTailsBytes) {

    private static final int MIB = 1024 * 1024;

    /** 10 s, 10 s, 20 s, 15 s, 20 s, 2 min; 16 MiB per message, 0.5 MiB of credit; 4 MiB per tail, 64 MiB for all. */
    public static UplinkLimits standard() {
        return new UplinkLimits(
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(20),
                Duration.ofSeconds(15),
                Duration.ofSeconds(20),
                Duration.ofMinutes(2),
                16 * MIB,
                MIB / 2,
                4 * MIB,
                64L * MIB);
    }
}
