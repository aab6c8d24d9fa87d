package io.dockrelay.listener;

import java.util.List;

import io.vertx.core.http.HttpServerRequest;

/**
 * What the door looks at of a request.
 *
 * @param target the request target as it was sent
 * @param hosts every Host header
 * @param origins every Origin header
 */
public record AccessRequest(String target, List<String> hosts, List<String> origins) {

    public AccessRequest {
        hosts = List.copyOf(hosts);
        origins = List.copyOf(origins);
    }

    public static AccessRequest of(HttpServerRequest request) {
        return new AccessRequest(
                request.uri(),
                request.headers().getAll("Host"),
                request.headers().getAll("Origin"));
    }
}
