package io.dockrelay.relay.view;

import io.dockrelay.protocol.rights.Permission;
import io.dockrelay.protocol.rights.Principal;

/**
 * A request that rights have refused, for the record. A request for something that does not exist for the principal is none.
 *
 * @param what was asked for: an action such as {@code restart}, or the word of the permission
 * @param permission that is missing
 * @param controller an id; null if the request is about none
 * @param container its name; null if the request is about none
 * @param id of the container; null if it has none
 * @param reason the sentence that the client gets
 */
public record RefusedRight(
        Principal principal,
        String what,
        Permission permission,
        String controller,
        String container,
        String id,
        String reason) {}
