package io.dockrelay.protocol.bus;

import java.time.Instant;
import java.util.List;

import io.dockrelay.protocol.state.Change;

/**
 * What changed at one controller between two looks. Each change holds the complete element, so a list is kept from
 * these alone.
 *
 * @param revision one more than that of the message before
 */
public record ContainersChanged(String controller, long revision, Instant at, List<Change> changes) {

    public ContainersChanged {
        changes = List.copyOf(changes);
    }
}
