package io.dockrelay.protocol.rights;

import java.util.Optional;
import java.util.Set;

/**
 * What an API token is for: permissions in a place, as far as its maker's rights allow the same. Immutable.
 *
 * @param maker as it is now; empty for a token that the operator of the machine has made, which nothing else limits
 */
public record TokenScope(Set<Permission> permissions, Place where, Optional<Principal> maker) {

    public TokenScope {
        permissions = RoleDefinition.complete(permissions);
    }
}
