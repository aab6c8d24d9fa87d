package io.dockrelay.relay.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.search.SearchFailure;
import io.dockrelay.protocol.search.SearchScope;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.relay.fleet.Fleet;

/**
 * Which controllers search which of their logs, and what cannot be searched. Pure.
 *
 * @param scopes by controller
 */
public record FleetScope(Map<String, SearchScope> scopes, List<SearchFailure> failed) {

    /**
     * The part of each controller in a search.
     *
     * @param controller an id, present or former; null for all
     * @throws Refusal when there is nothing to search
     */
    public static FleetScope of(Fleet fleet, SearchScope scope, String controller) {
        String present = fleet.current(controller);
        return scope.containers().isEmpty() ? whole(fleet, scope, present) : named(fleet, scope.containers(), present);
    }

    /** All containers, or those of a project. */
    private static FleetScope whole(Fleet fleet, SearchScope scope, String controller) {
        Map<String, SearchScope> scopes = new TreeMap<>();
        List<SearchFailure> failed = new ArrayList<>();
        for (String id : fleet.controllers()) {
            boolean meant = controller == null || controller.equals(id);
            if (!meant || (scope.project() != null && !has(fleet, id, scope.project()))) {
                continue;
            }
            if (fleet.reachable(id)) {
                scopes.put(id, scope);
            } else {
                failed.add(away(id, null));
            }
        }
        if (scopes.isEmpty() && failed.isEmpty()) {
            throw new Refusal(RefusalKind.NO_SUCH_CONTAINER, "there is no container to search in");
        }
        return checked(scopes, failed);
    }

    private static boolean has(Fleet fleet, String controller, String project) {
        return fleet.containers().stream()
                .filter(container -> controller.equals(container.controller()))
                .anyMatch(container -> project.equals(container.details().project()));
    }

    private static FleetScope named(Fleet fleet, List<String> names, String controller) {
        Map<String, List<String>> containers = new TreeMap<>();
        List<SearchFailure> failed = new ArrayList<>();
        for (String name : names) {
            try {
                Container container = fleet.find(controller, name).orRefuse();
                if (fleet.reachable(container.controller())) {
                    // An id is short: a query has to hold a hundred.
                    String id = container.id() == null ? container.name() : container.id();
                    containers
                            .computeIfAbsent(container.controller(), first -> new ArrayList<>())
                            .add(id);
                } else {
                    failed.add(away(container.controller(), container.name()));
                }
            } catch (Refusal refusal) {
                failed.add(new SearchFailure(controller, name, refusal.kind().httpStatus(), refusal.getMessage()));
            }
        }
        Map<String, SearchScope> scopes = new TreeMap<>();
        containers.forEach((id, ids) -> scopes.put(id, new SearchScope(ids, null)));
        return checked(scopes, failed);
    }

    private static FleetScope checked(Map<String, SearchScope> scopes, List<SearchFailure> failed) {
        if (scopes.isEmpty()) {
            SearchFailure first = failed.getFirst();
            throw new Refusal(RefusalKind.ofHttpStatus(first.status()), first.error());
        }
        return new FleetScope(scopes, failed);
    }

    private static SearchFailure away(String controller, String container) {
        RefusalKind kind = RefusalKind.CONTROLLER_UNAVAILABLE;
        String where = container == null ? "" : "; " + container + " is on it";
        return new SearchFailure(
                controller, container, kind.httpStatus(), "Controller " + controller + " is away" + where + ".");
    }
}
