package io.dockrelay.relay.http;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import io.dockrelay.protocol.rights.Permission;
import io.dockrelay.protocol.rights.PlaceFields;
import io.dockrelay.relay.signin.tokens.ApiToken;
import io.dockrelay.relay.signin.tokens.TokenDesk;
import io.dockrelay.relay.signin.tokens.TokenSecret;

/** The answers about API tokens. */
sealed interface TokenAnswer {

    /**
     * One token.
     *
     * @param maker null for a token of the machine's operator
     * @param own whether the reader has made it
     * @param start the part of its text that is no secret
     * @param lastUse null before the first use
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Token(
            String id,
            String name,
            String maker,
            boolean own,
            String start,
            List<String> permissions,
            PlaceFields place,
            Instant made,
            Instant expires,
            boolean expired,
            Instant lastUse)
            implements TokenAnswer {

        static Token of(ApiToken token, TokenDesk desk, boolean own) {
            return new Token(
                    token.id(),
                    token.name(),
                    token.makerName().orElse(null),
                    own,
                    TokenSecret.PREFIX + token.id(),
                    names(token.permissions()),
                    PlaceFields.of(token.where()),
                    token.made(),
                    token.expires(),
                    desk.isExpired(token),
                    desk.lastUse(token).orElse(null));
        }
    }

    /**
     * {@code GET /api/tokens}.
     *
     * @param permissions that a token of the reader can have
     */
    record All(List<Token> tokens, List<String> permissions) implements TokenAnswer {}

    /**
     * {@code POST /api/tokens}.
     *
     * @param secret the whole text, which is never shown again
     */
    record MadeToken(Token token, String secret) implements TokenAnswer {

        @Override
        public String toString() {
            return "MadeToken[" + token.start() + "]";
        }
    }

    /** {@code DELETE /api/tokens/ID}. */
    record Revoked(String id, String status) implements TokenAnswer {}

    /** {@code POST /api/ticket}. */
    @JsonNaming(SnakeCaseStrategy.class)
    record OneUseTicket(String ticket, int expiresInMs) implements TokenAnswer {

        @Override
        public String toString() {
            return "OneUseTicket";
        }
    }

    /** In the order of the enumeration. */
    static List<String> names(java.util.Set<Permission> permissions) {
        return permissions.stream().sorted().map(Permission::wireName).toList();
    }
}
