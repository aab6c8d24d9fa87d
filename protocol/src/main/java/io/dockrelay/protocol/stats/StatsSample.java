package io.dockrelay.protocol.stats;

import java.time.Instant;
import java.util.List;

/**
 * What one controller has measured at one time: those containers that were due.
 *
 * @param at when the measuring began
 */
public record StatsSample(String controller, Instant at, HostStats host, List<ContainerStats> items) {

    public StatsSample {
        items = List.copyOf(items);
    }
}
