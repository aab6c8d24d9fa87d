package io.dockrelay.listener;

import java.util.List;

import io.vertx.core.http.HttpServerRequest;

/**
 * The parts of a request that {@link AccessCheck} examines.
 *
 * @param target the request target as it was sent
 * @param hosts all Host headers
 * @param origins all Origin headers
 * @param forwarding what a proxy reports of the browser's request
 */
public record AccessRequest(String target, List<String> hosts, List<String> origins, Forwarding forwarding) {

    public AccessRequest {
        hosts = List.copyOf(hosts);
        origins = List.copyOf(origins);
    }

    public static AccessRequest of(HttpServerRequest request) {
        return new AccessRequest(
                request.uri(),
                request.headers().getAll("Host"),
                request.headers().getAll("Origin"),
                Forwarding.of(request));
    }

    /** The same request, as if it came from a page of this origin. */
    public AccessRequest from(String origin) {
        return new AccessRequest(target, hosts, List.of(origin), forwarding);
    }
}
