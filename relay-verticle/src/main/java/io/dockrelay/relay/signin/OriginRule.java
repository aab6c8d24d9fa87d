package io.dockrelay.relay.signin;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/**
 * A cookie travels with requests that other pages cause. So a request that changes something with a session must have an
 * Origin, which the access check has compared then. Browsers send it with every such request. Pure.
 */
final class OriginRule {

    static final String NEEDED = "A request that changes something with a session needs its Origin header; a browser"
            + " sends it, and other programs must add it.";

    private OriginRule() {}

    /** Whether the request would change something, and has no Origin. */
    static boolean breaks(HttpServerRequest request) {
        HttpMethod method = request.method();
        boolean safe =
                method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD) || method.equals(HttpMethod.OPTIONS);
        return !safe && !request.headers().contains("Origin");
    }
}
