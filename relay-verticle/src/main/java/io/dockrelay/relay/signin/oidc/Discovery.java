package io.dockrelay.relay.signin.oidc;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.auth.oauth2.OAuth2Auth;
import io.vertx.ext.auth.oauth2.OAuth2Options;
import io.vertx.ext.auth.oauth2.providers.OpenIDConnectAuth;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.timers.RetryTimer;
import io.dockrelay.settings.OidcSettings;

/**
 * Reads the provider's description of itself: at the start, and again with growing delays until it has answered once. Owned by
 * the provider, on the relay's context.
 */
final class Discovery {

    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);

    private final Vertx vertx;
    private final OidcSettings settings;
    private final RetryTimer retries;

    /** Null until the provider has answered. */
    private Found found;

    /** Null while nothing is asked. */
    private Future<Found> asked;

    /** The last problem that was logged. */
    private String problem = "";

    /**
     * The provider.
     *
     * @param client of OAuth 2
     * @param options with the addresses of the provider
     */
    record Found(OAuth2Auth client, OAuth2Options options) {

        String issuer() {
            return options.getJWTOptions().getIssuer();
        }

        boolean hasUserInfo() {
            return options.getUserInfoPath() != null;
        }
    }

    Discovery(Vertx vertx, OidcSettings settings) {
        this.vertx = vertx;
        this.settings = settings;
        this.retries = new RetryTimer(vertx);
    }

    /** The provider; fails with {@link ProviderFailure} if it does not answer now. */
    Future<Found> found() {
        if (found != null) {
            return Future.succeededFuture(found);
        }
        if (asked == null) {
            ask();
        }
        return asked;
    }

    void close() {
        retries.cancel();
    }

    /** An answer of the provider; fails with {@link ProviderFailure}, also if it takes too long. */
    static <T> Future<T> inTime(Future<T> answer) {
        return answer.timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .recover(cause -> Future.failedFuture(ProviderFailure.of(cause)));
    }

    private void ask() {
        retries.cancel();
        OAuth2Options options = options();
        Future<Found> answer =
                inTime(OpenIDConnectAuth.discover(vertx, options)).map(client -> usable(new Found(client, options)));
        asked = answer;
        answer.onSuccess(this::succeeded).onFailure(this::failed);
    }

    private void succeeded(Found answer) {
        found = answer;
        asked = null;
        LOG.info("[oidc] {} is ready for sign-in", settings.issuer());
    }

    private void failed(Throwable cause) {
        asked = null;
        retries.later(this::ask);
        if (!problem.equals(cause.getMessage())) {
            problem = cause.getMessage();
            LOG.warn(
                    "[oidc] {} cannot be used, so that new users cannot sign in there; trying again: {}",
                    settings.issuer(),
                    problem);
        }
    }

    /** Vert.x accepts a description without an issuer, and addresses without TLS. */
    private Found usable(Found answer) {
        OAuth2Options options = answer.options();
        if (options.getJWTOptions() == null || options.getJWTOptions().getIssuer() == null) {
            throw new ProviderFailure(ProviderFailure.Kind.NOT_VALID, "its description has no issuer");
        }
        if (options.getAuthorizationPath() == null || options.getTokenPath() == null || options.getJwkPath() == null) {
            throw new ProviderFailure(ProviderFailure.Kind.NOT_VALID, "its description lacks an address");
        }
        boolean open = Stream.of(options.getTokenPath(), options.getJwkPath(), options.getUserInfoPath())
                .anyMatch(address -> address != null && address.startsWith("http:"));
        if (open && "https".equals(settings.issuer().getScheme())) {
            throw new ProviderFailure(ProviderFailure.Kind.NOT_VALID, "an address in its description is without TLS");
        }
        return answer;
    }

    private OAuth2Options options() {
        HttpClientOptions http = new HttpClientOptions()
                .setConnectTimeout((int) PATIENCE.toMillis() / 2)
                .setIdleTimeout((int) PATIENCE.toSeconds());
        settings.ca().ifPresent(file -> http.setTrustOptions(new PemTrustOptions().addCertPath(file.toString())));
        OAuth2Options options = new OAuth2Options()
                .setSite(settings.issuer().toString())
                .setClientId(settings.clientId())
                .setHttpClientOptions(http);
        Optional<String> secret =
                settings.clientSecret().map(kept -> new String(kept.bytes(), StandardCharsets.US_ASCII));
        return secret.map(options::setClientSecret).orElse(options);
    }
}
