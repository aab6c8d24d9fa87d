package io.dockrelay.relay.signin;

import java.util.Optional;
import java.util.function.Predicate;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.relay.signin.oidc.LoginAttempt;
import io.dockrelay.relay.signin.oidc.ProviderFailure;
import io.dockrelay.relay.signin.oidc.ProviderSession;

/**
 * {@code GET /api/session/oidc/callback}: a browser comes from the provider, with a code or a refusal. It is sent on to the page,
 * which says what went wrong. On the relay's context.
 */
final class OidcCallback {

    private static final Logger LOG = LoggerFactory.getLogger(OidcCallback.class);

    private final OidcContext shared;
    private final Attempts attempts;
    private final Predicate<String> taken;

    /** Why a sign-in did not succeed, as the page knows it. */
    private enum Problem {
        /** It did not begin in this browser, took too long, or was finished already. */
        LOGIN("login", SignInEvent.Kind.LOGIN_REFUSED),
        /** The provider has refused it, or the user has. */
        REFUSED("refused", SignInEvent.Kind.PROVIDER_REFUSED),
        /** The provider does not answer. */
        AWAY("away", SignInEvent.Kind.PROVIDER_AWAY),
        /** The provider's answer proves nothing. */
        NOT_VALID("not-valid", SignInEvent.Kind.ANSWER_REFUSED),
        /** A user of the users file has the same name. */
        NAME("name", SignInEvent.Kind.NAME_REFUSED);

        private final String code;
        private final SignInEvent.Kind event;

        Problem(String code, SignInEvent.Kind event) {
            this.code = code;
            this.event = event;
        }

        static Problem of(ProviderFailure failure) {
            return switch (failure.kind()) {
                case AWAY -> AWAY;
                case REFUSED -> REFUSED;
                case NOT_VALID -> NOT_VALID;
            };
        }
    }

    OidcCallback(OidcContext shared, Attempts attempts, Predicate<String> taken) {
        this.shared = shared;
        this.attempts = attempts;
        this.taken = taken;
    }

    void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        Optional<LoginAttempt> attempt = shared.loginCookie()
                .in(request.getHeader("Cookie"), shared.settings().isSecure())
                .flatMap(cookie -> shared.logins().finish(cookie.value(), request.getParam("state")));
        String code = request.getParam("code");
        if (attempt.isEmpty()) {
            refuse(context, Problem.LOGIN);
            return;
        }
        context.response()
                .headers()
                .add("Set-Cookie", shared.loginCookie().clear(shared.settings().isSecure()));
        if (code == null || code.isEmpty()) {
            LOG.info("[oidc] the provider refused a sign-in");
            refuse(context, Problem.REFUSED);
            return;
        }
        shared.provider()
                .finish(attempt.get(), code, request.getParam("iss"))
                .onSuccess(session -> finished(context, attempt.get(), session))
                .onFailure(cause -> failed(context, ProviderFailure.of(cause)));
    }

    private void finished(RoutingContext context, LoginAttempt attempt, ProviderSession session) {
        HttpServerRequest request = context.request();
        if (taken.test(session.name())) {
            shared.report(Problem.NAME.event, session.name(), request);
            send(context, Problem.NAME);
            return;
        }
        String id = shared.sessions()
                .begin(context.response(), session.name(), "", shared.settings().isSecure());
        attempts.succeeded(shared.addresses().of(request), shared.clock().millis());
        shared.report(SignInEvent.Kind.SIGNED_IN, session.name(), request);
        // Another relay, or this one after a restart, may get the next request.
        shared.kept().put(id, session).onComplete(written -> send(context, shared.page() + attempt.to()));
    }

    private void failed(RoutingContext context, ProviderFailure failure) {
        LOG.warn("[oidc] a sign-in failed: {}", failure.getMessage());
        refuse(context, Problem.of(failure));
    }

    private void refuse(RoutingContext context, Problem problem) {
        shared.report(problem.event, context.request());
        send(context, problem);
    }

    private void send(RoutingContext context, Problem problem) {
        send(context, shared.page() + "/?sign-in=" + problem.code);
    }

    private static void send(RoutingContext context, String location) {
        context.response()
                .setStatusCode(303)
                .putHeader("Location", location)
                .putHeader("Cache-Control", "no-store")
                .end()
                .onFailure(gone -> LOG.debug("[oidc] the client disconnected before the redirection"));
    }
}
