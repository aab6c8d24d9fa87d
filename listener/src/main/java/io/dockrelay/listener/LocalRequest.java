package io.dockrelay.listener;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/**
 * Whether a request that arrived on loopback began on this machine. A proxy, a tunnel or a forwarded port on the same machine
 * brings requests from elsewhere, with the address of this machine: it shows in the headers that it adds, in HTTP/1.0, which
 * no browser speaks and some proxies do, or in the Host that its clients use. One that shows none of these is not found. Pure.
 */
public final class LocalRequest {

    /** With hyphens: some servers treat underscores as the same. */
    private static final Set<String> OF_PROXIES = Set.of(
            "forwarded",
            "via",
            "x-real-ip",
            "x-client-ip",
            "client-ip",
            "true-client-ip",
            "cf-connecting-ip",
            "x-original-host",
            "x-proxyuser-ip");

    private LocalRequest() {}

    /** What shows that the request comes from elsewhere, as "the header Via"; empty if nothing does. */
    public static Optional<String> trace(HttpServerRequest request) {
        for (String name : request.headers().names()) {
            String plain = name.toLowerCase(Locale.ROOT).replace('_', '-');
            if (plain.startsWith("x-forwarded") || OF_PROXIES.contains(plain)) {
                return Optional.of("the header " + plain);
            }
        }
        if (request.version() == HttpVersion.HTTP_1_0) {
            return Optional.of("HTTP/1.0");
        }
        String host = request.getHeader("Host");
        boolean loopback = Authority.of(host == null ? "" : host.strip())
                .filter(authority -> authority.host().isLoopback())
                .isPresent();
        return loopback ? Optional.empty() : Optional.of("the host in the browser's address");
    }
}
