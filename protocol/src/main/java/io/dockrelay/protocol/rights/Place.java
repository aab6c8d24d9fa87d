package io.dockrelay.protocol.rights;

import java.util.Set;

import io.dockrelay.protocol.state.Container;

/**
 * Where a grant holds. A container is there if each part matches; a part without patterns matches everything, and one of
 * several patterns is enough. Nothing of it is an id, so a right stays with the service when its container is re-created.
 * Immutable.
 *
 * @param hosts ids of controllers
 * @param projects compose projects or swarm stacks
 * @param services compose or swarm services; of a container without one, its name
 */
public record Place(
        Set<NamePattern> hosts, Set<NamePattern> projects, Set<NamePattern> services, Set<LabelPattern> labels) {

    public static final Place EVERYWHERE = new Place(Set.of(), Set.of(), Set.of(), Set.of());

    public Place {
        hosts = Set.copyOf(hosts);
        projects = Set.copyOf(projects);
        services = Set.copyOf(services);
        labels = Set.copyOf(labels);
    }

    /** Whether the container is there. */
    public boolean covers(Container container) {
        return matches(hosts, container.controller())
                && matches(projects, container.details().project())
                && matches(services, serviceOf(container))
                && (labels.isEmpty()
                        || labels.stream()
                                .anyMatch(label ->
                                        label.matches(container.details().labels())));
    }

    /** Whether every container of the host is there, whichever it has. */
    public boolean coversHost(String controller) {
        return projects.isEmpty() && services.isEmpty() && labels.isEmpty() && matches(hosts, controller);
    }

    /** Whether it is not limited at all. */
    public boolean isEverywhere() {
        return equals(EVERYWHERE);
    }

    /** A container that Compose did not make keeps its name when it is re-created. */
    private static String serviceOf(Container container) {
        String service = container.details().service();
        return service == null ? container.name() : service;
    }

    private static boolean matches(Set<NamePattern> patterns, String name) {
        return patterns.isEmpty() || patterns.stream().anyMatch(pattern -> pattern.matches(name));
    }
}
