package io.dockrelay.relay.audit;

import io.vertx.ext.web.RoutingContext;

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
        String address = context.request().remoteAddress().hostAddress();
        return new Actor(address, address);
    }
}
