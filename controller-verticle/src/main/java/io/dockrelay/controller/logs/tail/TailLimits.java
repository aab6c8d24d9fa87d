package io.dockrelay.controller.logs.tail;

import java.time.Duration;

/**
 * Limits of the tails of one controller.
 *
 * @param lines the most lines of a snapshot; a request for more gets this number
 * @param quiet a stream without a byte for this time is reopened: its connection may be dead without a sign
 * @param trustedPause a stream that was paused for longer is reopened: the engine may have skipped whole files that rotated
 *     meanwhile, without a sign
 */
public record TailLimits(int lines, Duration quiet, Duration trustedPause) {

    /** The usual limits: quiet for two minutes, trusted pauses up to half a second. */
    static TailLimits withLines(int lines) {
        return new TailLimits(lines, Duration.ofMinutes(2), Duration.ofMillis(500));
    }
}
