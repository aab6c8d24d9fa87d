package io.dockrelay.protocol.bus;

import java.time.Instant;
import java.util.List;

import io.dockrelay.protocol.state.Change;

/**
 * What changed at one controller between two scans. Each change holds the complete element, so that a list can be kept from a
 * snapshot and these messages: see {@link ContainerListReplica}.
 *
 * @param revision one more than that of the message before
 */
public record ContainersChanged(String controller, long revision, Instant at, List<Change> changes) {

    public ContainersChanged {
        changes = List.copyOf(changes);
    }
}
