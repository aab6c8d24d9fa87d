package io.dockrelay.relay.fleet;

import java.util.Comparator;

import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.Container;

/**
 * What tells one element of the relay's list from every other: a name is unique on its controller. Ordered as the list
 * is, by name first, so that namesakes stand together.
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
