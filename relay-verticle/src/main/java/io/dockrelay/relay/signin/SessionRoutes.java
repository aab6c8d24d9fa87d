package io.dockrelay.relay.signin;

import java.util.function.BiConsumer;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;

import io.dockrelay.listener.Identity;
import io.dockrelay.listener.JsonAnswers;
import io.dockrelay.listener.JsonErrors;
import io.dockrelay.protocol.rights.Principal;
import io.dockrelay.relay.signin.users.UsersException;

/** The routes that begin and end sessions. On the relay's context. */
final class SessionRoutes {

    static final String EVERYWHERE = PagePaths.SESSION + "/everywhere";

    private static final int LARGEST_BODY = 4096;

    private final SignInContext shared;
    private final PasswordRoute password;
    private final FirstUserRoute firstUser;

    SessionRoutes(SignInContext shared, SetUpLink link) {
        this.shared = shared;
        this.password = new PasswordRoute(shared);
        this.firstUser = new FirstUserRoute(shared, link);
    }

    void mount(Router router) {
        withBody(router.post(PagePaths.SESSION), password::handle);
        withBody(router.post(PagePaths.SET_UP), firstUser::handle);
        router.delete(PagePaths.SESSION).handler(this::checkOrigin).handler(this::signOut);
        router.delete(EVERYWHERE).handler(this::signOutEverywhere);
    }

    private void withBody(Route route, BiConsumer<RoutingContext, Credentials> then) {
        route.handler(BodyHandler.create(false).setBodyLimit(LARGEST_BODY))
                .handler(this::checkOrigin)
                .handler(context -> read(context, then));
    }

    /** These paths are open, so that the listener's step does not do it. Other programs than browsers have no cookie here. */
    private void checkOrigin(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (shared.sessions().hasCookie(request) && OriginRule.breaks(request)) {
            String name = shared.sessions()
                    .of(request)
                    .map(session -> session.user().name())
                    .orElse("");
            shared.report(SignInEvent.Kind.NO_ORIGIN, name, request);
            JsonErrors.answer(context.response(), 403, OriginRule.NEEDED);
        } else {
            context.next();
        }
    }

    /** A form of another site could send other types without the browser asking first. */
    private static void read(RoutingContext context, BiConsumer<RoutingContext, Credentials> then) {
        String type = context.request().getHeader("Content-Type");
        if (type == null || !type.matches("(?i)application/json\\s*(;.*)?")) {
            JsonErrors.answer(context.response(), 415, "The body must have the Content-Type application/json.");
            return;
        }
        Buffer body = context.body().buffer();
        try {
            then.accept(context, Credentials.read(body == null ? new byte[0] : body.getBytes()));
        } catch (IllegalArgumentException wrong) {
            JsonErrors.answer(context.response(), 400, wrong.getMessage());
        }
    }

    private void signOut(RoutingContext context) {
        Future<Void> ended = shared.sessions()
                .of(context.request())
                .map(session -> {
                    shared.report(SignInEvent.Kind.SIGNED_OUT, session.claims().name(), context.request());
                    return shared.sessions().end(session);
                })
                .orElseGet(Future::succeededFuture);
        // It holds at once; only a restart would forget it if the disk fails, which the log says.
        ended.onComplete(kept -> answerSignedOut(context));
    }

    private void signOutEverywhere(RoutingContext context) {
        Principal principal = Identity.of(context.request());
        if (principal.kind() == Principal.Kind.TOKEN) {
            shared.events()
                    .accept(new SignInEvent(SignInEvent.Kind.SESSIONS_REFUSED, principal.name(), principal.address()));
            JsonErrors.answer(context.response(), 403, "A token has no sessions: sign in as the user.");
            return;
        }
        String name = principal.name();
        shared.users()
                .edit(users -> users.withoutSessions(name))
                .onSuccess(edited -> {
                    shared.report(SignInEvent.Kind.SIGNED_OUT_EVERYWHERE, name, context.request());
                    answerSignedOut(context);
                })
                .onFailure(failed -> notEdited(context, failed));
    }

    private void answerSignedOut(RoutingContext context) {
        shared.sessions().clear(context.response());
        JsonAnswers.send(
                context, 200, SessionState.signedOut(shared.users().users().isEmpty()));
    }

    private static void notEdited(RoutingContext context, Throwable failed) {
        if (failed instanceof UsersException sentence) {
            JsonErrors.answer(context.response(), 503, sentence.getMessage());
        } else {
            context.fail(failed);
        }
    }
}
