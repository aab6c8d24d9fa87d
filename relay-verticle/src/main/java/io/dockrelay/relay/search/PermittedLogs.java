package io.dockrelay.relay.search;

import java.util.List;

import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.rights.Permission;
import io.dockrelay.protocol.search.SearchScope;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.relay.view.FleetView;

/** Which logs of one controller a search of all, or of a project, reads for one caller. Pure. */
final class PermittedLogs {

    private PermittedLogs() {}

    /**
     * The scope for the controller: as it was requested where the caller may read all logs there, otherwise the permitted
     * containers one by one. Null where none is permitted.
     *
     * @throws Refusal where there are too many to name
     */
    static SearchScope of(FleetView view, String controller, SearchScope scope) {
        if (view.mayEverything(Permission.LOGS, controller)) {
            return scope;
        }
        List<String> permitted = view.containers().stream()
                .filter(container -> controller.equals(container.controller()))
                .filter(container -> scope.project() == null
                        || scope.project().equals(container.details().project()))
                .filter(container -> view.mayNamed(Permission.LOGS, controller, container.name()))
                .map(PermittedLogs::shortest)
                .toList();
        if (permitted.size() > SearchScope.MAX_CONTAINERS) {
            throw new Refusal(
                    RefusalKind.BAD_REQUEST,
                    "A search of more than " + SearchScope.MAX_CONTAINERS + " logs on " + controller
                            + " needs the names of its containers, or a project.");
        }
        return permitted.isEmpty() ? null : new SearchScope(permitted, null);
    }

    /** An id is short: a query has to hold a hundred. */
    static String shortest(Container container) {
        return container.id() == null ? container.name() : container.id();
    }
}
