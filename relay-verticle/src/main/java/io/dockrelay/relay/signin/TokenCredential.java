package io.dockrelay.relay.signin;

import java.util.List;
import java.util.Optional;

import io.vertx.core.http.HttpServerRequest;

import io.dockrelay.relay.signin.tokens.TokenSecret;

/** What a request shows of a token. Pure. */
sealed interface TokenCredential {

    /** Nothing that is this program's: another way to sign in decides. */
    record None() implements TokenCredential {}

    /** {@code Authorization: Bearer}. */
    record Bearer(String text) implements TokenCredential {

        @Override
        public String toString() {
            return "Bearer";
        }
    }

    /** A ticket in the address of a handshake. */
    record OneUse(String text) implements TokenCredential {

        @Override
        public String toString() {
            return "OneUse";
        }
    }

    /** Several headers, of which others on the way may take another one. */
    record Ambiguous() implements TokenCredential {}

    /** @param handshake whether it is one of a WebSocket, the only request for which a ticket counts */
    static TokenCredential of(HttpServerRequest request, boolean handshake) {
        List<String> headers = request.headers().getAll("Authorization");
        List<String> tokens = headers.stream()
                .map(TokenCredential::bearer)
                .flatMap(Optional::stream)
                .toList();
        if (!tokens.isEmpty()) {
            return headers.size() > 1 ? new Ambiguous() : new Bearer(tokens.getFirst());
        }
        return handshake ? ticket(request).<TokenCredential>map(OneUse::new).orElse(new None()) : new None();
    }

    /** A proxy may pass on credentials of its own: a bearer of another form is not for this program. */
    private static Optional<String> bearer(String header) {
        String[] parts = header.strip().split(" +", 2);
        return parts.length == 2 && parts[0].equalsIgnoreCase("Bearer") && parts[1].startsWith(TokenSecret.PREFIX)
                ? Optional.of(parts[1])
                : Optional.empty();
    }

    private static Optional<String> ticket(HttpServerRequest request) {
        try {
            return Optional.ofNullable(request.getParam("ticket"));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
