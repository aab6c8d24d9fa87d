package io.dockrelay.relay.view;

import java.util.List;
import java.util.Set;

import io.dockrelay.protocol.rights.LabelRules;
import io.dockrelay.protocol.rights.Permission;
import io.dockrelay.protocol.state.Actions;
import io.dockrelay.protocol.state.Container;

/** An element of the list as a client with certain rights gets it. Pure. */
final class ShownContainer {

    /** The reason of the page for each action. */
    static final String NO_CONTROL = "your rights do not allow it here";

    private ShownContainer() {}

    /** @param permitted contains {@link Permission#VIEW} */
    static Container of(Container container, Set<Permission> permitted) {
        return container.shownWith(names(permitted), actions(container, permitted));
    }

    /** Null where everything is permitted that concerns a container. */
    private static List<String> names(Set<Permission> permitted) {
        return permitted.containsAll(Permission.OF_CONTROLLERS)
                ? null
                : Permission.OF_CONTROLLERS.stream()
                        .filter(permitted::contains)
                        .map(Permission::wireName)
                        .toList();
    }

    private static Actions actions(Container container, Set<Permission> permitted) {
        if (permitted.contains(Permission.CONTROL)) {
            return container.actions();
        }
        boolean byLabel = LabelRules.forbidControl(container.details().labels());
        return Actions.none(byLabel ? LabelRules.NO_CONTROL : NO_CONTROL);
    }
}
