package io.dockrelay.relay.signin;

import java.util.Optional;
import java.util.Set;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.net.RFC3986;

/**
 * The requests that need no identity: those of the page itself, whose routes are everything outside of {@code /api}, and those
 * of signing in. Paths are compared in the form in which the router compares them. Pure.
 */
final class PagePaths {

    static final String SESSION = "/api/session";
    static final String SET_UP = "/api/setup";
    static final String OIDC = SESSION + "/oidc";
    /** To which the provider sends browsers. */
    static final String OIDC_CALLBACK = OIDC + "/callback";

    private static final Set<String> OF_SIGN_IN = Set.of(SESSION, SET_UP, OIDC, OIDC_CALLBACK);

    private final String prefix;

    /** @param prefix of all paths, which a proxy may have removed; empty for none */
    PagePaths(String prefix) {
        this.prefix = prefix;
    }

    boolean isPage(HttpServerRequest request) {
        boolean read =
                request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
        return read
                && below(request)
                        .filter(path -> !path.equals("/api") && !path.startsWith("/api/"))
                        .isPresent();
    }

    boolean isSignIn(HttpServerRequest request) {
        return below(request).filter(OF_SIGN_IN::contains).isPresent();
    }

    /** Empty for a path that the router refuses. */
    private Optional<String> below(HttpServerRequest request) {
        try {
            String path = RFC3986.normalizePath(request.path());
            boolean prefixed = !prefix.isEmpty() && (path + "/").startsWith(prefix + "/");
            return Optional.of(prefixed ? path.substring(prefix.length()) : path);
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
