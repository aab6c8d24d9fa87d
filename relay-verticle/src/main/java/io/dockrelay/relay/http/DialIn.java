package io.dockrelay.relay.http;

import io.vertx.core.http.HttpServerRequest;

import io.dockrelay.listener.ClientAddress;
import io.dockrelay.relay.dial.DialDoor;
import io.dockrelay.relay.dial.DialledHosts;
import io.dockrelay.relay.dial.EnrolmentDesk;

/**
 * The parts of the relay for controllers that dial in. Owned by the relay's verticle, on its context.
 *
 * @param pathPrefix of all paths; empty for none
 */
public record DialIn(
        EnrolmentDesk desk, DialledHosts hosts, DialDoor door, ClientAddress addresses, String pathPrefix) {

    /** The address at which the one who makes this request reaches the relay, for a controller. */
    String address(HttpServerRequest request) {
        return EnrolmentLines.relayOf(request, addresses.isSecure(request), pathPrefix);
    }
}
