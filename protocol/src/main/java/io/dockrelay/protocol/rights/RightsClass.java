package io.dockrelay.protocol.rights;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.dockrelay.protocol.state.Container;

/**
 * What principals with equal rights may do. Two principals are of one class if their allowances are equal; so what is made
 * for a class is made once for all of them. Immutable.
 *
 * @param allowances each adds to the others
 * @param signedIn whether a label that hides may be overruled by {@link Permission#ADMIN}
 * @param limit further rights that have to allow the same, as those of a token's maker; null for none
 */
public record RightsClass(Set<Allowance> allowances, boolean signedIn, RightsClass limit) {

    /** Of those who may do nothing. */
    public static final RightsClass NOTHING = new RightsClass(Set.of(), true, null);

    public RightsClass {
        allowances = Set.copyOf(allowances);
    }

    static RightsClass of(List<Allowance> allowances, boolean signedIn) {
        return new RightsClass(Set.copyOf(allowances), signedIn, null);
    }

    /** These rights as far as the others allow the same. */
    public RightsClass within(RightsClass maker) {
        return new RightsClass(allowances, signedIn, limit == null ? maker : limit.within(maker));
    }

    /** Whether this is allowed with this container. False also means that the container may not exist for the asker. */
    public boolean may(Permission permission, Container container) {
        return permissions(container).contains(permission);
    }

    /** All that is allowed with this container; without {@link Permission#VIEW} it does not exist for the asker. */
    public Set<Permission> permissions(Container container) {
        EnumSet<Permission> all = EnumSet.noneOf(Permission.class);
        for (Allowance allowance : allowances) {
            if (!all.containsAll(allowance.permissions()) && allowance.where().covers(container)) {
                all.addAll(allowance.permissions());
            }
        }
        Map<String, String> labels = container.details().labels();
        if (LabelRules.hide(labels) && !(signedIn && all.contains(Permission.ADMIN))) {
            return Set.of();
        }
        if (LabelRules.forbidControl(labels)) {
            all.remove(Permission.CONTROL);
        }
        if (limit != null) {
            all.retainAll(limit.permissions(container));
        }
        return all;
    }

    /** Whether this is allowed with every container of the host, and so with the host itself. */
    public boolean mayAtHost(Permission permission, String controller) {
        return allowances.stream()
                        .anyMatch(allowance -> allowance.permissions().contains(permission)
                                && allowance.where().coversHost(controller))
                && (limit == null || limit.mayAtHost(permission, controller));
    }

    /** Whether this may be allowed with some container: without it, it is with none. */
    public boolean mayAnywhere(Permission permission) {
        return allowances.stream().anyMatch(allowance -> allowance.permissions().contains(permission))
                && (limit == null || limit.mayAnywhere(permission));
    }

    /** Whether this is allowed without any limit of place, and so for the relay itself. */
    public boolean mayEverywhere(Permission permission) {
        return allowances.stream()
                        .anyMatch(allowance -> allowance.permissions().contains(permission)
                                && allowance.where().isEverywhere())
                && (limit == null || limit.mayEverywhere(permission));
    }

    /** Whatever is allowed somewhere. */
    public Set<Permission> somewhere() {
        EnumSet<Permission> all = EnumSet.noneOf(Permission.class);
        allowances.forEach(allowance -> all.addAll(allowance.permissions()));
        if (limit != null) {
            all.retainAll(limit.somewhere());
        }
        return all;
    }

    /** Whether nothing is allowed anywhere. */
    public boolean isNothing() {
        return somewhere().isEmpty();
    }
}
