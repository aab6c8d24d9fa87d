package io.dockrelay.listener;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** Headers that make browsers protect the answers from other pages. A handler may replace any of them. */
final class SecurityHeaders {

    private static final String POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none';"
            + " form-action 'none'; frame-ancestors 'none'";

    private static final int HTTPS_PORT = 443;

    /** A month: long enough to matter, short enough if TLS is given up. */
    private static final String STRICT = "max-age=2592000";

    private SecurityHeaders() {}

    /**
     * Makes browsers use TLS for this host name from now on. It concerns every port of the name, so it is only sent where this
     * port is the default one of https: otherwise the name may have other sites without TLS. Browsers ignore it for IP
     * addresses; a loopback name belongs to every program of the machine.
     */
    static void setOfTls(HttpServerRequest request) {
        String host = request.getHeader("Host");
        boolean own = host != null
                && Authority.of(host.strip())
                        .filter(authority -> authority.port().orElse(HTTPS_PORT) == HTTPS_PORT)
                        .filter(authority -> !authority.host().isLoopback())
                        .isPresent();
        if (own) {
            request.response().putHeader("Strict-Transport-Security", STRICT);
        }
    }

    /** Whether the browser has the page over TLS from a proxy that says so, or from its own machine. */
    static boolean isTrustworthy(HttpServerRequest request) {
        String host = request.getHeader("Host");
        return "https".equalsIgnoreCase(Forwarding.of(request).scheme())
                || (host != null
                        && Authority.of(host.strip())
                                .filter(authority -> authority.host().isLoopback())
                                .isPresent());
    }

    /** What browsers ignore, with a warning in their console, for a page that came over a network without TLS. */
    static void setOfTrustworthy(HttpServerResponse response) {
        response.putHeader("Cross-Origin-Opener-Policy", "same-origin");
    }

    static void set(HttpServerResponse response) {
        response.putHeader("Content-Security-Policy", POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Frame-Options", "DENY")
                .putHeader("Referrer-Policy", "no-referrer")
                // Requests without an Origin (an image, a script): only the browser knows the requesting page.
                .putHeader("Cross-Origin-Resource-Policy", "same-origin")
                .putHeader("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()");
    }
}
