package io.dockrelay.listener;

import java.util.Locale;
import java.util.Optional;

/**
 * The Origin of a web page that was served by HTTP or HTTPS. Pure.
 *
 * @param defaultPort of its scheme
 */
record WebOrigin(int defaultPort, Authority authority) {

    private static final String HTTP = "http://";
    private static final String HTTPS = "https://";

    /** Empty for any other scheme, and for the header {@code null} of a sandboxed frame or a file. */
    static Optional<WebOrigin> of(String header) {
        String lower = header.toLowerCase(Locale.ROOT);
        if (lower.startsWith(HTTP)) {
            return Authority.of(lower.substring(HTTP.length())).map(authority -> new WebOrigin(80, authority));
        }
        if (lower.startsWith(HTTPS)) {
            return Authority.of(lower.substring(HTTPS.length())).map(authority -> new WebOrigin(443, authority));
        }
        return Optional.empty();
    }

    /** Whether a request with this Host goes to the same host and port as the page. */
    boolean isServedAt(Authority host) {
        return authority.host().equals(host.host()) && port(authority) == port(host);
    }

    /** A Host header has no scheme, so an omitted port is the default of the page's scheme. */
    private int port(Authority host) {
        return host.port().orElse(defaultPort);
    }
}
