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
import io.dockrelay.relay.fleet.FleetLookup;
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
        List<Failed> failed = new ArrayList<>();
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
        if (scopes.isEmpty() && view.isUndecided(controller)) {
            throw FleetLookup.starting("there is no container to search in yet");
        }
        if (scopes.isEmpty() && failed.isEmpty()) {
            throw new Refusal(RefusalKind.NO_SUCH_CONTAINER, "there is no container to search in");
        }
        if (scopes.isEmpty()) {
            failed.stream()
                    .filter(failure -> failure.why().kind() == RefusalKind.NOT_ALLOWED)
                    .forEach(refused -> caller.refused(
                            Permission.LOGS, refused.controller(), refused.why().getMessage()));
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
        List<Failed> failed = new ArrayList<>();
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
                failed.add(new Failed(controller, name, refusal));
            }
        }
        Map<String, SearchScope> scopes = new TreeMap<>();
        containers.forEach((id, ids) -> scopes.put(id, new SearchScope(ids, null)));
        return checked(scopes, failed);
    }

    private static FleetScope checked(Map<String, SearchScope> scopes, List<Failed> failed) {
        if (scopes.isEmpty()) {
            throw failed.getFirst().why();
        }
        return new FleetScope(scopes, failed.stream().map(Failed::onTheWire).toList());
    }

    private static Failed notAllowed(String controller) {
        String sentence = "Your rights include no log on " + controller + " in this search.";
        return new Failed(controller, null, new Refusal(RefusalKind.NOT_ALLOWED, sentence));
    }

    private static Failed away(String controller, String container) {
        String where = container == null ? "" : "; " + container + " is on it";
        String sentence = "Controller " + controller + " is away" + where + ".";
        return new Failed(controller, container, new Refusal(RefusalKind.CONTROLLER_UNAVAILABLE, sentence));
    }

    /**
     * What cannot be searched.
     *
     * @param controller null where it is not known
     * @param container null for all of the controller
     */
    private record Failed(String controller, String container, Refusal why) {

        SearchFailure onTheWire() {
            return new SearchFailure(controller, container, why.kind().httpStatus(), why.getMessage());
        }
    }
}
