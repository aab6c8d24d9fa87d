package io.dockrelay.protocol.rights;

import java.util.Set;

/** Permissions that hold somewhere. Immutable. */
record Allowance(Set<Permission> permissions, Place where) {

    Allowance {
        permissions = Set.copyOf(permissions);
    }
}
