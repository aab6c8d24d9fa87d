package io.dockrelay.relay.links;

import java.time.Duration;

/**
 * One question to a controller's clock, and its answer. The clock was read at some time between the two, so the middle is
 * right to half of the round trip. Pure.
 *
 * @param roundTrip between question and answer, on a clock that is never set
 * @param offsetMicros by how much the controller's clock was ahead of the relay's at the middle of the round trip
 * @param takenAt nanoseconds of a clock that is never set
 */
record ClockSample(Duration roundTrip, long offsetMicros, long takenAt) {

    /** Two clocks drift apart by at most this part of the time: 50 ppm. */
    private static final double DRIFT = 50e-6;

    /**
     * @param askedAt the relay's time of the question, in microseconds since 1970
     * @param readAt the controller's time in its answer, in microseconds since 1970
     * @param takenAt nanoseconds of a clock that is never set, when the answer arrived
     */
    static ClockSample of(long askedAt, long readAt, Duration roundTrip, long takenAt) {
        long middle = askedAt + roundTrip.toNanos() / 2_000;
        return new ClockSample(roundTrip, readAt - middle, takenAt);
    }

    /** By how much the offset may be wrong now, in microseconds: more with its age. */
    double errorMicros(long now) {
        return roundTrip.toNanos() / 2_000.0 + DRIFT * (now - takenAt) / 1_000.0;
    }

    /** Whether no offset is within the bounds of both: one of the clocks has been set between them. */
    boolean contradicts(ClockSample other, long now) {
        return Math.abs(offsetMicros - other.offsetMicros) > errorMicros(now) + other.errorMicros(now);
    }
}
