package io.dockrelay.relay.audit;

import io.vertx.ext.web.RoutingContext;

import io.dockrelay.listener.Identity;
import io.dockrelay.protocol.rights.Principal;

/**
 * The requester of something. Without sign-in a client is known by its address.
 *
 * @param name shown as the requester of an action
 * @param address of the client; null when it is not known
 */
public record Actor(String name, String address) {

    /** This program itself. */
    public static final Actor PROGRAM = new Actor(null, null);

    public static Actor of(RoutingContext context) {
        Principal principal = Identity.of(context.request());
        return new Actor(principal.name(), principal.address());
    }
}
