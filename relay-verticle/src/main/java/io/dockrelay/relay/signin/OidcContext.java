package io.dockrelay.relay.signin;

import java.time.Clock;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.netty.handler.codec.http.cookie.CookieHeaderNames.SameSite;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.listener.ClientAddress;
import io.dockrelay.relay.signin.oidc.Confirmations;
import io.dockrelay.relay.signin.oidc.Logins;
import io.dockrelay.relay.signin.oidc.OidcProvider;
import io.dockrelay.relay.signin.oidc.ProviderFailure;
import io.dockrelay.relay.signin.oidc.ProviderSession;
import io.dockrelay.relay.signin.oidc.ProviderSessions;
import io.dockrelay.relay.signin.sealed.Sealer;
import io.dockrelay.settings.OidcSettings;
import io.dockrelay.settings.SessionSettings;
import io.dockrelay.settings.SignInSettings;

/**
 * What the routes of sign-in at a provider share. On the relay's context.
 *
 * @param page the address of the page, without a slash at its end
 * @param kept the sessions and what the provider says of them
 * @param confirmations ask the provider about them
 * @param sessions the same as browsers hold them
 * @param events what happened, for the log and the record
 */
record OidcContext(
        OidcSettings settings,
        String page,
        OidcProvider provider,
        ProviderSessions kept,
        Confirmations confirmations,
        Sessions<ProviderSession> sessions,
        Logins logins,
        SessionCookie loginCookie,
        ClientAddress addresses,
        Clock clock,
        Consumer<SignInEvent> events) {

    private static final Logger LOG = LoggerFactory.getLogger(OidcContext.class);

    /** Everything whose keys are derived from that of the sessions. */
    static OidcContext of(
            Vertx vertx,
            SignInSettings.Oidc settings,
            byte[] key,
            String page,
            OidcProvider provider,
            SignedOut signedOut,
            Predicate<String> taken,
            ClientAddress addresses,
            Clock clock,
            Consumer<SignInEvent> events) {
        byte[] own = Sealer.derived(key, "oidc");
        SessionSettings limits = settings.sessions();
        var kept =
                new ProviderSessions(vertx, limits.folder(), Sealer.derived(own, "sessions"), limits.longest(), clock);
        var confirmations = new Confirmations(
                provider, kept, settings.provider().check(), clock, (session, why) -> ended(session, why, events));
        var codec = new SessionCodec(own);
        Sessions.Owners<ProviderSession> owners = claims -> kept.find(claims.id())
                .filter(session -> session.name().equals(claims.name()) && !taken.test(session.name()));
        return new OidcContext(
                settings.provider(),
                page,
                provider,
                kept,
                confirmations,
                new Sessions<>(
                        limits,
                        codec,
                        new SessionCookie("oidc-" + codec.cookieId()),
                        owners,
                        signedOut,
                        addresses,
                        clock),
                new Logins(Sealer.derived(own, "logins"), clock),
                new SessionCookie("login-" + codec.cookieId(), SameSite.Lax),
                addresses,
                clock,
                events);
    }

    private static void ended(ProviderSession session, ProviderFailure why, Consumer<SignInEvent> events) {
        LOG.info("[oidc] the session of {} has ended: {}", session.name(), why.getMessage());
        events.accept(new SignInEvent(SignInEvent.Kind.PROVIDER_ENDED, session.name(), null));
    }

    /** @param kind what happened to a client whose name is not known */
    void report(SignInEvent.Kind kind, HttpServerRequest request) {
        events.accept(SignInEvent.ofUnknown(kind, addresses.of(request)));
    }

    void report(SignInEvent.Kind kind, String name, HttpServerRequest request) {
        events.accept(new SignInEvent(kind, name, addresses.of(request)));
    }
}
