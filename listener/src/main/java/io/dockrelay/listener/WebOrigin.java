package io.dockrelay.listener;

import java.util.Locale;
import java.util.Optional;

/**
 * The Origin of a web page that was served by HTTP or HTTPS. Pure.
 *
 * @param scheme {@code http} or {@code https}
 */
record WebOrigin(String scheme, Authority authority) {

    private static final String HTTP = "http";
    private static final String HTTPS = "https";
    private static final String DELIMITER = "://";

    /** Empty for any other scheme, and for the header {@code null} of a sandboxed frame or a file. */
    static Optional<WebOrigin> of(String header) {
        String lower = header.toLowerCase(Locale.ROOT);
        int end = lower.indexOf(DELIMITER);
        String scheme = end < 0 ? "" : lower.substring(0, end);
        if (!scheme.equals(HTTP) && !scheme.equals(HTTPS)) {
            return Optional.empty();
        }
        return Authority.of(lower.substring(end + DELIMITER.length()))
                .map(authority -> new WebOrigin(scheme, authority));
    }

    /** Whether a request with this Host goes to the same host and port as the page. */
    boolean isServedAt(Authority host) {
        return authority.host().equals(host.host()) && port(authority) == port(host);
    }

    /** A Host header has no scheme, so an omitted port is the default of the page's scheme. */
    private int port(Authority host) {
        return host.port().orElse(scheme.equals(HTTPS) ? 443 : 80);
    }
}
