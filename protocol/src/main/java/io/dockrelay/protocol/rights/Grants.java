package io.dockrelay.protocol.rights;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A grants file. Immutable.
 *
 * @param ownRoles in addition to {@link RoleDefinition#BUILT_IN}
 */
public record Grants(List<RoleDefinition> ownRoles, List<Grant> all) {

    public Grants {
        ownRoles = List.copyOf(ownRoles);
        all = List.copyOf(all);
    }

    /** A file without a grant: sign-in's own roles are all there is. */
    public static final Grants NONE = new Grants(List.of(), List.of());

    public Optional<RoleDefinition> role(String name) {
        return Stream.concat(RoleDefinition.BUILT_IN.stream(), ownRoles.stream())
                .filter(role -> role.name().equals(name))
                .findFirst();
    }

    /** Of the built-in roles and the file's own, for a sentence. */
    String roleNames() {
        return Stream.concat(RoleDefinition.BUILT_IN.stream(), ownRoles.stream())
                .map(RoleDefinition::name)
                .collect(Collectors.joining(", "));
    }

    /** What the principal gets from the file and from its roles. */
    List<Allowance> allowances(Principal principal) {
        List<Allowance> allowances = new ArrayList<>();
        all.stream()
                .filter(grant -> grant.to().includes(principal))
                .forEach(grant -> allowances.add(new Allowance(grant.role().permissions(), grant.where())));
        if (!isNarrowed(principal)) {
            principal.roles().stream()
                    .flatMap(name -> role(name).stream())
                    .forEach(role -> allowances.add(new Allowance(role.permissions(), Place.EVERYWHERE)));
        }
        return allowances;
    }

    /** A grant for the user itself replaces the roles that sign-in gives, which hold everywhere. */
    private boolean isNarrowed(Principal principal) {
        return all.stream().anyMatch(grant -> grant.to() instanceof Grantee.User user && user.includes(principal));
    }
}
