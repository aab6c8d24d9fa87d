package io.dockrelay.protocol.bus;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonIgnore;

import io.dockrelay.protocol.wire.LinkKind;

/**
 * The answer to {@link AskClock}: the time at the controller when it was asked.
 *
 * @param epochMicros microseconds since 1970 in UTC
 * @param kind how the one that answers reaches the controller
 * @param process of the one that answers; null for an uplink
 */
public record ClockReading(long epochMicros, LinkKind kind, String process) {

    private static final String THIS_PROCESS = UUID.randomUUID().toString();

    /** Of this process's own clock. */
    public static ClockReading now() {
        return new ClockReading(micros(Instant.now()), LinkKind.CLUSTER, THIS_PROCESS);
    }

    /** Of the clock of a controller at the other end of an uplink. */
    public static ClockReading over(LinkKind kind, long epochMicros) {
        return new ClockReading(epochMicros, kind, null);
    }

    /** Whether it is the caller's own clock. */
    @JsonIgnore
    public boolean isOfThisProcess() {
        return THIS_PROCESS.equals(process);
    }

    /** Microseconds since 1970 in UTC. */
    public static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
