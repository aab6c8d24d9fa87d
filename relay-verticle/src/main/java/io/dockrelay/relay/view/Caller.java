package io.dockrelay.relay.view;

import java.util.Comparator;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.rights.LabelRules;
import io.dockrelay.protocol.rights.Permission;
import io.dockrelay.protocol.rights.Principal;
import io.dockrelay.protocol.state.Container;

/**
 * The one who makes a request, and what exists for them. Every request of a browser or a program passes here before it
 * reaches a controller. Made by {@link FleetViews}.
 *
 * @param refusals gets each request that rights refuse
 */
public record Caller(Principal principal, FleetView view, Consumer<RefusedRight> refusals) {

    /**
     * The container that is meant, if this is allowed with it.
     *
     * @param controller an id; null for any
     * @throws Refusal where it does not exist for the caller, with the same sentence as where there is none; where several
     *     are meant; and where the caller's rights do not include the permission
     */
    public Container container(Permission permission, String controller, String asked) {
        return container(permission, permission.wireName(), controller, asked);
    }

    /**
     * The same.
     *
     * @param what is asked for, in the word of the record
     */
    public Container container(Permission permission, String what, String controller, String asked) {
        Container container = view.find(controller, asked).orRefuse();
        Set<Permission> permitted = view.rights().permissions(container);
        if (!permitted.contains(permission)) {
            String reason = refusal(container, permission, permitted);
            refusals.accept(new RefusedRight(
                    principal, what, permission, container.controller(), container.name(), container.id(), reason));
            throw new Refusal(RefusalKind.NOT_ALLOWED, reason);
        }
        return container;
    }

    /**
     * Requires a permission for the relay itself.
     *
     * @param what is asked for, in the word of the record
     * @param controller that the request is about; null for none
     * @throws Refusal where the caller does not have it everywhere
     */
    public void require(Permission permission, String what, String controller) {
        if (!view.rights().mayEverywhere(permission)) {
            throw missing(permission, what, controller);
        }
    }

    /**
     * Requires a permission for something, whatever it is; what is asked for is filtered afterwards.
     *
     * @throws Refusal where the caller has it nowhere
     */
    public void requireAnywhere(Permission permission) {
        if (!view.rights().mayAnywhere(permission)) {
            throw missing(permission, permission.wireName(), null);
        }
    }

    /**
     * Rights have refused something of a whole host.
     *
     * @param controller an id
     */
    public void refused(Permission permission, String controller, String reason) {
        refusals.accept(new RefusedRight(principal, permission.wireName(), permission, controller, null, null, reason));
    }

    private Refusal missing(Permission permission, String what, String controller) {
        String reason = "This needs the permission " + permission.wireName() + ".";
        refusals.accept(new RefusedRight(principal, what, permission, controller, null, null, reason));
        return new Refusal(RefusalKind.NOT_ALLOWED, reason);
    }

    private static String refusal(Container container, Permission permission, Set<Permission> permitted) {
        if (permission == Permission.CONTROL
                && LabelRules.forbidControl(container.details().labels())) {
            return container.name() + ": " + LabelRules.NO_CONTROL;
        }
        String rights = permitted.stream()
                .sorted(Comparator.naturalOrder())
                .map(Permission::wireName)
                .collect(Collectors.joining(", "));
        return "Your rights to " + container.name() + " are " + rights + "; this needs " + permission.wireName() + ".";
    }
}
