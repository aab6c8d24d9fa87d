package io.dockrelay.relay.signin;

import java.util.Optional;

import io.vertx.ext.web.RoutingContext;

import io.dockrelay.listener.JsonErrors;
import io.dockrelay.relay.signin.users.PasswordHash;
import io.dockrelay.relay.signin.users.User;
import io.dockrelay.relay.signin.users.Users;

/**
 * {@code POST /api/session}: signs in by name and password. Every wrong combination gets the same answer after the same time:
 * for an unknown name another user's hash is computed. On the relay's context.
 */
final class PasswordRoute {

    private static final String WRONG = "The name or the password is wrong.";

    /** Compared while there is no user; the parameters are those of new hashes. */
    private static final PasswordHash NO_USER = PasswordHash.parse("$argon2id$v=19$m=19456,t=2,p=1$"
                    + "AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
            .orElseThrow();

    private final SignInContext shared;

    PasswordRoute(SignInContext shared) {
        this.shared = shared;
    }

    void handle(RoutingContext context, Credentials credentials) {
        if (!shared.permits(context, credentials.name())) {
            return;
        }
        Users users = shared.users().users();
        Optional<User> user = users.find(credentials.name());
        PasswordHash hash = user.map(User::password)
                .or(() -> users.standIn(credentials.name()))
                .orElse(NO_USER);
        shared.passwords()
                .matches(hash, credentials.password())
                .onSuccess(matches -> compared(
                        context,
                        credentials.name(),
                        user.filter(known -> matches).flatMap(this::still)))
                .onFailure(context::fail);
    }

    /** Empty if the user was changed while the password was hashed: then a session would not hold. */
    private Optional<User> still(User compared) {
        return shared.users()
                .users()
                .find(compared.name())
                .filter(now -> now.generation().equals(compared.generation()));
    }

    private void compared(RoutingContext context, String name, Optional<User> user) {
        if (user.isEmpty()) {
            shared.report(SignInEvent.Kind.REFUSED, name, context.request());
            JsonErrors.answer(context.response(), 401, WRONG);
            return;
        }
        shared.attempts()
                .succeeded(
                        shared.addresses().of(context.request()),
                        name,
                        shared.clock().millis());
        shared.report(SignInEvent.Kind.SIGNED_IN, name, context.request());
        shared.signIn(context, 200, user.get());
    }
}
