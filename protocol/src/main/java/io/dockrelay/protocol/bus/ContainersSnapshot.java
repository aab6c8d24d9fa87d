package io.dockrelay.protocol.bus;

import java.time.Instant;
import java.util.List;

import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.state.ContainerList;

/**
 * A controller's whole list.
 *
 * @param revision the last one that is in it
 * @param at when the engine was last asked
 * @param engine while it is not available, every container's status is unknown, with what was last known
 */
public record ContainersSnapshot(
        String controller, long revision, Instant at, EngineStatus engine, List<Container> containers) {

    public ContainersSnapshot {
        containers = List.copyOf(containers);
    }

    public ContainerList list() {
        return new ContainerList(containers);
    }
}
