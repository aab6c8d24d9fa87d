package io.dockrelay.controller.logs.tail;

import java.time.Duration;

/**
 * What the tails of one controller keep to.
 *
 * @param lines of a snapshot at most; who asks for more gets so many
 * @param quiet after so long without a byte a stream is opened anew, for its connection may be dead without anybody
 *     having noticed
 * @param trustedPause a stream that was held back for longer is opened anew: the engine may have passed over whole
 *     files that rotated meanwhile, and tells nobody
 */
public record TailLimits(int lines, Duration quiet, Duration trustedPause) {

    /** 2 minutes, half a second. */
    static TailLimits withLines(int lines) {
        return new TailLimits(lines, Duration.ofMinutes(2), Duration.ofMillis(500));
    }
}
