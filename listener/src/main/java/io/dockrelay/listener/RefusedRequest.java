package io.dockrelay.listener;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;

/**
 * A request that did not get past the door.
 *
 * @param address of the client; null when it has none
 * @param status of the answer
 * @param reason a sentence; has parts of the request, shortened and printable
 */
public record RefusedRequest(String address, int status, String reason) {

    static RefusedRequest of(HttpServerRequest request, int status, String reason) {
        SocketAddress peer = request.remoteAddress();
        return new RefusedRequest(peer == null ? null : peer.hostAddress(), status, reason);
    }
}
