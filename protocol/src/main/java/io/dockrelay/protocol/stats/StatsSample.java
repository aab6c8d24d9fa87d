package io.dockrelay.protocol.stats;

import java.time.Instant;
import java.util.List;

/**
 * One round of measurements of a controller: the containers that were due.
 *
 * @param at when the round began
 * @param items empty when the engine refuses to report them
 */
public record StatsSample(String controller, Instant at, HostStats host, List<ContainerStats> items) {

    public StatsSample {
        items = List.copyOf(items);
    }
}
