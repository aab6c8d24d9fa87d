package io.dockrelay.relay.signin.oidc;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.oauth2.OAuth2AuthorizationURL;
import io.vertx.ext.auth.oauth2.OAuth2FlowType;
import io.vertx.ext.auth.oauth2.Oauth2Credentials;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.settings.OidcSettings;

/**
 * The OpenID Connect provider. Its futures fail with {@link ProviderFailure}. Owned by the relay's sign-in, on its context, from
 * {@link #start} to {@link #close}.
 */
public final class OidcProvider {

    private static final Logger LOG = LoggerFactory.getLogger(OidcProvider.class);

    private final OidcSettings settings;
    private final String redirect;
    private final Clock clock;
    private final Discovery discovery;
    private final SigningKeys keys;
    private final TokenReader reader;
    private final UserClaims users;

    /** @param redirect the address to which the provider sends browsers with a code */
    public OidcProvider(Vertx vertx, OidcSettings settings, String redirect, Clock clock) {
        this.settings = settings;
        this.redirect = redirect;
        this.clock = clock;
        this.discovery = new Discovery(vertx, settings);
        this.keys = new SigningKeys(clock);
        this.reader = new TokenReader(keys);
        this.users = new UserClaims(settings.nameClaim(), settings.groupsClaim());
    }

    /** Asks the provider for its description, until it answers. */
    public void start() {
        discovery.found().onFailure(logged -> {});
    }

    public void close() {
        discovery.close();
    }

    /** Where a browser continues a sign-in; fails if the provider does not answer now. */
    public Future<String> begin(LoginAttempt attempt) {
        return discovery.found().compose(provider -> keys.read(provider).map(answers -> address(provider, attempt)));
    }

    /**
     * The session of the user for whom the provider gave the code.
     *
     * @param issuer as the one that sent the browser with the code names itself; null if it does not
     */
    public Future<ProviderSession> finish(LoginAttempt attempt, String code, String issuer) {
        return discovery.found().compose(provider -> {
            boolean other = issuer != null && !issuer.equals(provider.issuer());
            ProviderFailure.throwIf(other ? Optional.of("the code is of another issuer") : Optional.empty());
            return exchanged(provider, attempt, code)
                    .compose(answer -> reader.claims(provider, answer).compose(claims -> {
                        ProviderFailure.throwIf(check(provider).ofSignIn(claims, attempt.nonce(), clock.instant()));
                        return session(provider, answer, claims);
                    }));
        });
    }

    /**
     * Asks whether a session still holds: the same session with newer groups and tokens. Fails with REFUSED if the provider has
     * ended it.
     *
     * @param onTokens called at once with newer tokens, which make the former ones invalid
     */
    public Future<ProviderSession> confirm(ProviderSession session, Consumer<ProviderSession> onTokens) {
        return discovery.found().compose(provider -> {
            ProviderTokens tokens = session.tokens();
            return tokens.refresh() == null
                    ? confirmByUserInfo(provider, session)
                    : Discovery.inTime(provider.client().refresh(user("refresh_token", tokens.refresh())))
                            .compose(answer -> refreshed(provider, session, answer, onTokens));
        });
    }

    /** Where a browser signs out at the provider; empty if the provider has no such address, or has never answered. */
    public Optional<String> endSession(ProviderSession session, String then) {
        Future<Discovery.Found> known = discovery.found();
        if (!known.succeeded()) {
            return Optional.empty();
        }
        JsonObject parameters =
                new JsonObject().put("client_id", settings.clientId()).put("post_logout_redirect_uri", then);
        User user = session.tokens().identity() == null
                ? User.create(new JsonObject())
                : user("id_token", session.tokens().identity());
        return Optional.ofNullable(known.result().client().endSessionURL(user, parameters));
    }

    /** The relay needs the session no more. */
    public void revoke(ProviderSession session) {
        String token = session.tokens().refresh();
        Future<Discovery.Found> known = discovery.found();
        if (token != null && known.succeeded() && known.result().options().getRevocationPath() != null) {
            Discovery.inTime(known.result().client().revoke(user("refresh_token", token), "refresh_token"))
                    .onFailure(failed -> LOG.debug("[oidc] a token was not revoked: {}", failed.getMessage()));
        }
    }

    private Future<User> exchanged(Discovery.Found provider, LoginAttempt attempt, String code) {
        return Discovery.inTime(provider.client()
                .authenticate(new Oauth2Credentials()
                        .setFlow(OAuth2FlowType.AUTH_CODE)
                        .setCode(code)
                        .setRedirectUri(redirect)
                        .setCodeVerifier(attempt.verifier())));
    }

    private String address(Discovery.Found provider, LoginAttempt attempt) {
        return provider.client()
                .authorizeURL(new OAuth2AuthorizationURL()
                        .setScopes(settings.scopes())
                        .setRedirectUri(redirect)
                        .setState(attempt.state())
                        .setCodeChallenge(attempt.challenge())
                        .setCodeChallengeMethod("S256")
                        .putAdditionalParameter("nonce", attempt.nonce()));
    }

    private Future<ProviderSession> session(Discovery.Found provider, User answer, Map<String, Object> claims) {
        boolean complete =
                users.nameIn(claims).isPresent() && users.groupsIn(claims).isPresent();
        String subject = (String) claims.get("sub");
        Future<Map<String, Object>> all =
                complete ? Future.succeededFuture(claims) : UserDetails.with(provider, answer, claims);
        return all.map(known -> {
            String name = users.nameIn(known)
                    .orElseThrow(() -> new ProviderFailure(
                            ProviderFailure.Kind.NOT_VALID,
                            "its claim " + settings.nameClaim() + " is no name of a user"));
            var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
            Set<String> groups = users.groupsIn(known).orElse(Set.of());
            return new ProviderSession(subject, name, groups, tokens(answer, null), now, now);
        });
    }

    private Future<ProviderSession> refreshed(
            Discovery.Found provider, ProviderSession session, User answer, Consumer<ProviderSession> onTokens) {
        ProviderSession renewed = session.with(tokens(answer, session.tokens()));
        onTokens.accept(renewed);
        boolean named = answer.principal().getString("id_token") != null;
        Future<Map<String, Object>> claims = named
                ? reader.claims(provider, answer).map(read -> {
                    ProviderFailure.throwIf(check(provider).ofRefresh(read, session.subject(), clock.instant()));
                    return read;
                })
                : Future.succeededFuture(Map.of("sub", session.subject()));
        return claims.compose(read -> users.groupsIn(read).isPresent()
                        ? Future.succeededFuture(read)
                        : UserDetails.with(provider, answer, read))
                .map(read -> {
                    Set<String> unknown = named || provider.hasUserInfo() ? Set.of() : session.groups();
                    return renewed.confirmedAt(
                            clock.instant(), users.groupsIn(read).orElse(unknown));
                });
    }

    private Future<ProviderSession> confirmByUserInfo(Discovery.Found provider, ProviderSession session) {
        if (session.tokens().access() == null || !provider.hasUserInfo()) {
            return Future.failedFuture(
                    new ProviderFailure(ProviderFailure.Kind.REFUSED, "the provider gave no token to ask again with"));
        }
        return UserDetails.of(provider, session.tokens().access(), session.subject())
                .map(claims -> session.confirmedAt(
                        clock.instant(), users.groupsIn(claims).orElse(session.groups())));
    }

    private IdTokenCheck check(Discovery.Found provider) {
        return new IdTokenCheck(provider.issuer(), settings.clientId());
    }

    /** @param former whose refresh token stays if the answer has none; null for none */
    private static ProviderTokens tokens(User answer, ProviderTokens former) {
        JsonObject given = answer.principal();
        return ProviderTokens.kept(
                given.getString("refresh_token", former == null ? null : former.refresh()),
                given.getString("access_token"),
                given.getString("id_token", former == null ? null : former.identity()));
    }

    private static User user(String token, String value) {
        return User.create(new JsonObject().put(token, value));
    }
}
