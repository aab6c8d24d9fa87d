package io.dockrelay.relay.signin.oidc;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.TokenCredentials;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.wire.WireJson;

/**
 * The claims of identity tokens whose signature is right. Vert.x verifies it, and leaves out the claims of a token that it
 * rejects. On the relay's context.
 */
final class TokenReader {

    private static final Logger LOG = LoggerFactory.getLogger(TokenReader.class);

    private final SigningKeys keys;

    TokenReader(SigningKeys keys) {
        this.keys = keys;
    }

    /**
     * The claims of the identity token in an answer; fails with {@link ProviderFailure} if there is none that is signed by the
     * provider. A token with an unknown key is verified once more with the provider's keys of now.
     */
    Future<Map<String, Object>> claims(Discovery.Found provider, User answer) {
        String token = answer.principal().getString("id_token");
        JsonObject verified = answer.attributes().getJsonObject("idToken");
        if (token == null) {
            return notValid("the answer has no identity token");
        } else if (verified != null) {
            return Future.succeededFuture(plain(verified));
        } else if (!answer.attributes().containsKey("missing-kid")) {
            return notValid("its signature, issuer or audience is wrong");
        }
        // As an access token, because Vert.x verifies no identity token without asking for it; the signature is the
        // same.
        return keys.readAgain(provider)
                .compose(read -> Discovery.inTime(provider.client().authenticate(new TokenCredentials(token)))
                        .transform(user -> {
                            JsonObject claims = user.succeeded()
                                    ? user.result().attributes().getJsonObject("accessToken")
                                    : null;
                            if (claims == null) {
                                LOG.debug("[oidc] a token with a new key is not verified", user.cause());
                            }
                            return claims == null
                                    ? notValid("it is signed with a key that the provider does not publish")
                                    : Future.succeededFuture(plain(claims));
                        }));
    }

    /** Maps, lists, texts and numbers. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> plain(JsonObject claims) {
        return WireJson.read(claims.encode().getBytes(StandardCharsets.UTF_8), Map.class);
    }

    private static Future<Map<String, Object>> notValid(String reason) {
        return Future.failedFuture(new ProviderFailure(ProviderFailure.Kind.NOT_VALID, reason));
    }
}
