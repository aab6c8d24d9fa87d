package io.dockrelay.relay.signin;

import java.time.Clock;
import java.util.function.Consumer;

import io.vertx.core.Vertx;

import io.dockrelay.settings.RelaySettings;
import io.dockrelay.settings.SignInSettings;

/** Selects the sign-in that the settings require. */
public final class SignIns {

    private SignIns() {}

    /** @param events takes what happens at the sign-in, for the record */
    public static SignIn of(Vertx vertx, RelaySettings settings, Clock clock, Consumer<SignInEvent> events) {
        return switch (settings.signIn()) {
            case SignInSettings.None none -> new NoSignIn(none, settings);
            case SignInSettings.Users users ->
                new TokenSignIn(
                        vertx,
                        new UserSignIn(vertx, users, settings, clock, events),
                        users.sessions().folder(),
                        settings,
                        clock,
                        events);
        };
    }
}
