package io.dockrelay.relay.fleet;

import java.util.Comparator;

import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.Container;

/**
 * Identifies one element of the relay's list: a name is unique on its controller. In the order of the list: by name first, so
 * that containers with the same name are next to each other.
 */
public record ContainerKey(String name, String controller) implements Comparable<ContainerKey> {

    private static final Comparator<ContainerKey> ORDER =
            Comparator.comparing(ContainerKey::name).thenComparing(ContainerKey::controller);

    public static ContainerKey of(Container container) {
        return new ContainerKey(container.name(), container.controller());
    }

    public static ContainerKey of(Change change) {
        return new ContainerKey(change.name(), change.controller());
    }

    @Override
    public int compareTo(ContainerKey other) {
        return ORDER.compare(this, other);
    }
}
