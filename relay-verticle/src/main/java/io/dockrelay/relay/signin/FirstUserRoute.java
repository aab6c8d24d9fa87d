package io.dockrelay.relay.signin;

import java.util.Set;

import io.vertx.ext.web.RoutingContext;

import io.dockrelay.listener.JsonErrors;
import io.dockrelay.relay.signin.users.PasswordHash;
import io.dockrelay.relay.signin.users.UserRules;
import io.dockrelay.relay.signin.users.Users;
import io.dockrelay.relay.signin.users.UsersException;

/**
 * {@code POST /api/setup}: makes the first user, an admin, with the token of the set-up link. Whether there is a user is checked
 * once more under the lock of the file. On the relay's context.
 */
final class FirstUserRoute {

    private static final String NOT_VALID =
            "The set-up link is not valid, or not any more: a restart of the relay makes"
                    + " another one, while there is no user.";

    private final SignInContext shared;
    private final SetUpLink link;

    /** True while the first user is made. */
    private boolean making;

    FirstUserRoute(SignInContext shared, SetUpLink link) {
        this.shared = shared;
        this.link = link;
    }

    void handle(RoutingContext context, Credentials credentials) {
        if (!shared.permits(context, credentials.name())) {
            return;
        }
        if (!shared.users().users().isEmpty()
                || !link.accepts(credentials.token(), shared.clock().instant())) {
            shared.report(SignInEvent.Kind.SET_UP_REFUSED, credentials.name(), context.request());
            JsonErrors.answer(context.response(), 403, NOT_VALID);
            return;
        }
        try {
            UserRules.checkName(credentials.name());
            UserRules.checkPassword(credentials.password());
        } catch (UsersException wrong) {
            JsonErrors.answer(context.response(), 400, wrong.getMessage());
            return;
        }
        if (making) {
            JsonErrors.answer(context.response(), 409, "The first user is being made already.");
            return;
        }
        make(context, credentials);
    }

    private void make(RoutingContext context, Credentials credentials) {
        making = true;
        shared.passwords()
                .hash(credentials.password())
                .compose(hash -> shared.users().edit(users -> first(users, credentials.name(), hash)))
                .onSuccess(users -> made(context, users, credentials.name()))
                .onFailure(failed -> notMade(context, failed))
                .onComplete(either -> making = false);
    }

    private static Users first(Users users, String name, PasswordHash hash) {
        if (!users.isEmpty()) {
            throw new UsersException("There is a user already: sign in.");
        }
        return users.with(name, hash, Set.of("admin"));
    }

    private void made(RoutingContext context, Users users, String name) {
        link.close();
        shared.report(SignInEvent.Kind.SET_UP, name, context.request());
        shared.signIn(context, 201, users.find(name).orElseThrow());
    }

    private static void notMade(RoutingContext context, Throwable failed) {
        if (failed instanceof UsersException sentence) {
            JsonErrors.answer(context.response(), 503, sentence.getMessage());
        } else {
            context.fail(failed);
        }
    }
}
