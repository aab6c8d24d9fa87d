package io.dockrelay.relay.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.rights.Permission;
import io.dockrelay.protocol.search.SearchFailure;
import io.dockrelay.protocol.search.SearchScope;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.relay.view.Caller;
import io.dockrelay.relay.view.FleetView;

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
    public static FleetScope of(Caller caller, SearchScope scope, String controller) {
        String present = caller.view().current(controller);
        return scope.containers().isEmpty()
                ? whole(caller, scope, present)
                : named(caller, scope.containers(), present);
    }

    /** All containers, or those of a project. */
    private static FleetScope whole(Caller caller, SearchScope scope, String controller) {
        FleetView view = caller.view();
        Map<String, SearchScope> scopes = new TreeMap<>();
        List<SearchFailure> failed = new ArrayList<>();
        for (String id : view.hosts().stream().sorted().toList()) {
            boolean meant = controller == null || controller.equals(id);
            if (!meant || (scope.project() != null && !has(view, id, scope.project()))) {
                continue;
            }
            if (!view.reachable(id)) {
                failed.add(away(id, null));
                continue;
            }
            SearchScope permitted = PermittedLogs.of(view, id, scope);
            if (permitted == null) {
                failed.add(notAllowed(id));
            } else {
                scopes.put(id, permitted);
            }
        }
        if (scopes.isEmpty() && failed.isEmpty()) {
            throw new Refusal(RefusalKind.NO_SUCH_CONTAINER, "there is no container to search in");
        }
        if (scopes.isEmpty()) {
            failed.stream()
                    .filter(failure -> failure.status() == RefusalKind.NOT_ALLOWED.httpStatus())
                    .forEach(refused -> caller.refused(Permission.LOGS, refused.controller(), refused.error()));
        }
        return checked(scopes, failed);
    }

    private static boolean has(FleetView view, String controller, String project) {
        return view.containers().stream()
                .filter(container -> controller.equals(container.controller()))
                .anyMatch(container -> project.equals(container.details().project()));
    }

    private static FleetScope named(Caller caller, List<String> names, String controller) {
        Map<String, List<String>> containers = new TreeMap<>();
        List<SearchFailure> failed = new ArrayList<>();
        for (String name : names) {
            try {
                Container container = caller.container(Permission.LOGS, controller, name);
                if (caller.view().reachable(container.controller())) {
                    containers
                            .computeIfAbsent(container.controller(), first -> new ArrayList<>())
                            .add(PermittedLogs.shortest(container));
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

    private static SearchFailure notAllowed(String controller) {
        RefusalKind kind = RefusalKind.NOT_ALLOWED;
        return new SearchFailure(
                controller,
                null,
                kind.httpStatus(),
                "Your rights include no log on " + controller + " in this search.");
    }

    private static SearchFailure away(String controller, String container) {
        RefusalKind kind = RefusalKind.CONTROLLER_UNAVAILABLE;
        String where = container == null ? "" : "; " + container + " is on it";
        return new SearchFailure(
                controller, container, kind.httpStatus(), "Controller " + controller + " is away" + where + ".");
    }
}
