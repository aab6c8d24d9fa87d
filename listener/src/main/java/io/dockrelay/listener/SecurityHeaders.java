package io.dockrelay.listener;

import io.vertx.core.http.HttpServerResponse;

/** Headers that make browsers protect the answers from other pages. A handler may replace any of them. */
final class SecurityHeaders {

    private static final String POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none';"
            + " form-action 'none'; frame-ancestors 'none'";

    private SecurityHeaders() {}

    static void set(HttpServerResponse response) {
        response.putHeader("Content-Security-Policy", POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Frame-Options", "DENY")
                .putHeader("Referrer-Policy", "no-referrer")
                // Requests without an Origin (an image, a script): only the browser knows the requesting page.
                .putHeader("Cross-Origin-Resource-Policy", "same-origin")
                .putHeader("Cross-Origin-Opener-Policy", "same-origin");
    }
}
