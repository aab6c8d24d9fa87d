package io.dockrelay.relay.signin;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;

import io.dockrelay.listener.JsonAnswers;
import io.dockrelay.listener.JsonErrors;
import io.dockrelay.relay.signin.oidc.LoginAttempt;
import io.dockrelay.relay.signin.oidc.Logins;
import io.dockrelay.relay.signin.oidc.ProviderSession;

/** The routes that begin a sign-in at the provider, and end its sessions. On the relay's context. */
final class OidcRoutes {

    private static final int LARGEST_BODY = 4096;

    private final OidcContext shared;
    private final OidcCallback callback;
    private final Attempts attempts = new Attempts();

    /** Where the browser goes next. */
    private record Next(String location) {}

    /** The state after a sign-out, and where the browser signs out at the provider; null if it cannot. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record SignedOutState(@JsonUnwrapped SessionState session, String location) {}

    /** @param taken whether a name is one of the users file */
    OidcRoutes(OidcContext shared, Predicate<String> taken) {
        this.shared = shared;
        this.callback = new OidcCallback(shared, attempts, taken);
    }

    void mount(Router router) {
        router.post(PagePaths.OIDC)
                .handler(BodyHandler.create(false).setBodyLimit(LARGEST_BODY))
                .handler(this::begin);
        router.get(PagePaths.OIDC_CALLBACK).handler(callback::handle);
        router.get(PagePaths.SESSION).handler(this::confirm);
        router.delete(PagePaths.SESSION).handler(context -> signOut(context, false));
        router.delete(SessionRoutes.EVERYWHERE).handler(context -> signOut(context, true));
    }

    /** A browser sends an Origin, which the access check has allowed; the cookie is needed at the public address. */
    private void begin(RoutingContext context) {
        HttpServerRequest request = context.request();
        String origin = request.getHeader("Origin");
        if (origin == null) {
            shared.report(SignInEvent.Kind.NO_ORIGIN, request);
            JsonErrors.answer(context.response(), 403, OriginRule.NEEDED);
            return;
        }
        if (!origin.equalsIgnoreCase(shared.settings().publicAddress())) {
            JsonErrors.answer(
                    context.response(),
                    409,
                    "Sign-in with " + shared.settings().name() + " works at " + shared.page() + "/ only: open that.");
            return;
        }
        Optional<Duration> wait =
                attempts.take(shared.addresses().of(request), shared.clock().millis());
        if (wait.isPresent()) {
            limit(context, wait.get());
            return;
        }
        LoginAttempt attempt = shared.logins().begin(to(context));
        shared.provider()
                .begin(attempt)
                .onSuccess(location -> begun(context, attempt, location))
                .onFailure(away -> notBegun(context));
    }

    private void limit(RoutingContext context, Duration wait) {
        long seconds = wait.plusMillis(999).toSeconds();
        if (attempts.refused(shared.addresses().of(context.request()))) {
            shared.report(SignInEvent.Kind.LIMITED, context.request());
        }
        context.response().putHeader("Retry-After", Long.toString(seconds));
        JsonErrors.answer(
                context.response(), 429, "There were too many attempts to sign in; try again in " + seconds + " s.");
    }

    private void begun(RoutingContext context, LoginAttempt attempt, String location) {
        String cookie = shared.loginCookie()
                .set(shared.logins().seal(attempt), shared.settings().isSecure(), Logins.VALID.toSeconds());
        context.response().headers().add("Set-Cookie", cookie);
        JsonAnswers.send(context, 200, new Next(location));
    }

    private void notBegun(RoutingContext context) {
        HttpServerRequest request = context.request();
        shared.report(SignInEvent.Kind.PROVIDER_AWAY, request);
        attempts.succeeded(shared.addresses().of(request), shared.clock().millis());
        JsonErrors.answer(
                context.response(),
                503,
                shared.settings().name() + " does not answer, so a new sign-in is not possible now. Try again later.");
    }

    /** Where the reader was, as {@code {"to":"/path"}}; null for a body without it. */
    private static String to(RoutingContext context) {
        try {
            return context.body().isEmpty()
                    ? null
                    : context.body().asPojo(Target.class).to();
        } catch (RuntimeException other) {
            return null;
        }
    }

    private record Target(String to) {}

    /** The page asks for its session: the answer must not be older than the provider's word. */
    private void confirm(RoutingContext context) {
        Optional<SessionClaims> unknown = shared.sessions().unknown(context.request());
        if (unknown.isEmpty()) {
            confirmKnown(context);
        } else {
            shared.kept().load(unknown.get().id()).onComplete(either -> confirmKnown(context));
        }
    }

    private void confirmKnown(RoutingContext context) {
        Optional<Sessions.Session<ProviderSession>> session = shared.sessions().of(context.request());
        if (session.isEmpty()) {
            context.next();
        } else {
            shared.confirmations().holds(session.get().claims().id()).onComplete(either -> context.next());
        }
    }

    private void signOut(RoutingContext context, boolean everywhere) {
        Optional<Sessions.Session<ProviderSession>> session = shared.sessions().of(context.request());
        if (session.isEmpty()) {
            context.next();
        } else if (OriginRule.breaks(context.request())) {
            shared.report(SignInEvent.Kind.NO_ORIGIN, session.get().user().name(), context.request());
            JsonErrors.answer(context.response(), 403, OriginRule.NEEDED);
        } else {
            end(context, session.get(), everywhere);
        }
    }

    private void end(RoutingContext context, Sessions.Session<ProviderSession> session, boolean everywhere) {
        ProviderSession ended = session.user();
        shared.report(
                everywhere ? SignInEvent.Kind.SIGNED_OUT_EVERYWHERE : SignInEvent.Kind.SIGNED_OUT,
                ended.name(),
                context.request());
        List<String> others = everywhere
                ? shared.kept().of(ended.subject())
                : List.of(session.claims().id());
        for (String id : others) {
            shared.kept().find(id).ifPresent(shared.provider()::revoke);
            shared.kept().remove(id);
        }
        Future<Void> kept = shared.sessions().end(session);
        kept.onComplete(written -> {
            shared.sessions().clear(context.response());
            SessionState state = SessionState.signedOut(SessionState.OIDC);
            JsonAnswers.send(
                    context,
                    200,
                    new SignedOutState(
                            state,
                            shared.provider()
                                    .endSession(ended, shared.page() + "/")
                                    .orElse(null)));
        });
    }
}
