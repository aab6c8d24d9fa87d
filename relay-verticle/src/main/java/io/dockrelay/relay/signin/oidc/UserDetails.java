package io.dockrelay.relay.signin.oidc;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;

/** Claims that the provider gives at its userinfo address. Futures fail with {@link ProviderFailure}. Stateless. */
final class UserDetails {

    private UserDetails() {}

    /** The claims of the user to whom the token belongs. */
    static Future<Map<String, Object>> of(Discovery.Found provider, String accessToken, String subject) {
        User bearer = User.create(new JsonObject().put("access_token", accessToken));
        return Discovery.inTime(provider.client().userInfo(bearer)).map(json -> {
            Map<String, Object> claims = TokenReader.plain(json);
            ProviderFailure.throwIf(
                    subject.equals(claims.get("sub")) ? Optional.empty() : Optional.of("its subject is another user"));
            return claims;
        });
    }

    /** Claims and those that only the userinfo address has; the former alone where it gives none. */
    static Future<Map<String, Object>> with(Discovery.Found provider, User answer, Map<String, Object> claims) {
        String token = answer.principal().getString("access_token");
        if (token == null || !provider.hasUserInfo()) {
            return Future.succeededFuture(claims);
        }
        return of(provider, token, (String) claims.get("sub"))
                .map(more -> {
                    Map<String, Object> all = new HashMap<>(more);
                    all.putAll(claims);
                    return all;
                })
                .recover(cause -> ProviderFailure.of(cause).kind() == ProviderFailure.Kind.REFUSED
                        ? Future.succeededFuture(claims)
                        : Future.failedFuture(cause));
    }
}
