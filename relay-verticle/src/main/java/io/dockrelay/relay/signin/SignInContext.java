package io.dockrelay.relay.signin;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

import io.dockrelay.listener.ClientAddress;
import io.dockrelay.listener.JsonAnswers;
import io.dockrelay.listener.JsonErrors;
import io.dockrelay.relay.signin.users.User;
import io.dockrelay.relay.signin.users.UsersWatch;

/**
 * What the routes of sign-in share. On the relay's context.
 *
 * @param events what happened, for the log and the record
 */
record SignInContext(
        Sessions<User> sessions,
        UsersWatch users,
        PasswordCheck passwords,
        Attempts attempts,
        ClientAddress addresses,
        Clock clock,
        Consumer<SignInEvent> events) {

    /**
     * Takes one attempt of the client; if there is none left, answers with 429 and returns false.
     *
     * @param name that the client gave
     */
    boolean permits(RoutingContext context, String name) {
        HttpServerRequest request = context.request();
        String address = addresses.of(request);
        Optional<Duration> wait =
                passwords.isFull() ? Optional.of(Duration.ofSeconds(2)) : attempts.take(address, name, clock.millis());
        if (wait.isEmpty()) {
            return true;
        }
        long seconds = wait.get().plusMillis(999).toSeconds();
        if (attempts.refused(address, name)) {
            report(SignInEvent.Kind.LIMITED, name, request);
        }
        context.response().putHeader("Retry-After", Long.toString(seconds));
        JsonErrors.answer(
                context.response(), 429, "There were too many attempts to sign in; try again in " + seconds + " s.");
        return false;
    }

    /** Begins a session, and answers with it. An earlier session of the browser ends. */
    void signIn(RoutingContext context, int status, User user) {
        sessions.of(context.request()).ifPresent(earlier -> {
            if (!earlier.user().name().equals(user.name())) {
                report(SignInEvent.Kind.SIGNED_OUT, earlier.user().name(), context.request());
            }
            sessions.end(earlier).onFailure(logged -> {});
        });
        String unused = sessions.begin(
                context.response(), user.name(), user.generation(), addresses.isSecure(context.request()));
        JsonAnswers.send(context, status, SessionState.of(user));
    }

    void report(SignInEvent.Kind kind, String name, HttpServerRequest request) {
        events.accept(SignInEvent.of(kind, name, users.users(), addresses.of(request)));
    }
}
