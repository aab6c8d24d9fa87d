package io.dockrelay.protocol.rights;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import static io.dockrelay.protocol.rights.Permission.ADMIN;
import static io.dockrelay.protocol.rights.Permission.AUDIT;
import static io.dockrelay.protocol.rights.Permission.CONTROL;
import static io.dockrelay.protocol.rights.Permission.INSPECT;
import static io.dockrelay.protocol.rights.Permission.LOGS;
import static io.dockrelay.protocol.rights.Permission.STATS;
import static io.dockrelay.protocol.rights.Permission.VIEW;

/** A named set of permissions. Immutable. */
public record RoleDefinition(String name, Set<Permission> permissions) {

    // Before the roles, which use it.
    private static final Set<Permission> OF_A_SEEN_CONTAINER = Set.of(STATS, INSPECT, LOGS, CONTROL);

    /** The roles that are always there; a grants file cannot change them. */
    public static final List<RoleDefinition> BUILT_IN = List.of(
            new RoleDefinition("viewer", Set.of(VIEW, STATS)),
            new RoleDefinition("reader", Set.of(VIEW, STATS, INSPECT, LOGS)),
            new RoleDefinition("operator", Set.of(VIEW, STATS, INSPECT, LOGS, CONTROL)),
            new RoleDefinition("admin", Permission.ALL));

    public RoleDefinition {
        permissions = complete(permissions);
    }

    /** With the permissions that they contain. */
    static Set<Permission> complete(Set<Permission> permissions) {
        EnumSet<Permission> all = EnumSet.noneOf(Permission.class);
        all.addAll(permissions);
        if (all.stream().anyMatch(OF_A_SEEN_CONTAINER::contains)) {
            all.add(VIEW);
        }
        if (all.contains(ADMIN)) {
            all.add(AUDIT);
        }
        return Set.copyOf(all);
    }
}
