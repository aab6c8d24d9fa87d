package io.dockrelay.relay.signin;

import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.vertx.core.Vertx;

import io.dockrelay.settings.RelaySettings;
import io.dockrelay.settings.SessionSettings;
import io.dockrelay.settings.SignInSettings;

/** Selects the sign-in that the settings require. */
public final class SignIns {

    private final Vertx vertx;
    private final RelaySettings settings;
    private final Clock clock;
    private final Consumer<SignInEvent> events;

    private SignIns(Vertx vertx, RelaySettings settings, Clock clock, Consumer<SignInEvent> events) {
        this.vertx = vertx;
        this.settings = settings;
        this.clock = clock;
        this.events = events;
    }

    /** @param events takes what happens at the sign-in, for the record */
    public static SignIn of(Vertx vertx, RelaySettings settings, Clock clock, Consumer<SignInEvent> events) {
        return new SignIns(vertx, settings, clock, events).selected();
    }

    private SignIn selected() {
        return switch (settings.signIn()) {
            case SignInSettings.None none -> new NoSignIn(none, settings);
            case SignInSettings.Users users -> withTokens(users(users), Optional.of(users.sessions()));
            case SignInSettings.Combined combined -> withTokens(combined(combined), sessions(combined));
        };
    }

    /** @param sessions whose folder has the tokens too; empty for a proxy alone, which needs none */
    private SignIn withTokens(SignIn people, Optional<SessionSettings> sessions) {
        return sessions.<SignIn>map(kept -> new TokenSignIn(vertx, people, kept.folder(), settings, clock, events))
                .orElse(people);
    }

    private static Optional<SessionSettings> sessions(SignInSettings.Combined combined) {
        return combined.users()
                .map(SignInSettings.Users::sessions)
                .or(() -> combined.oidc().map(SignInSettings.Oidc::sessions));
    }

    private SignIn combined(SignInSettings.Combined combined) {
        Optional<UserSignIn> users = combined.users().map(this::users);
        Predicate<String> isUser =
                name -> users.filter(file -> file.hasUser(name)).isPresent();
        return new CombinedSignIn(
                users,
                combined.oidc()
                        .map(of ->
                                new OidcSignIn(vertx, of, combined.groups(), settings, isUser, clock, this::happened)),
                combined.proxy()
                        .map(of -> new ProxySignIn(vertx, of, combined.groups(), settings, isUser, clock, events)));
    }

    private UserSignIn users(SignInSettings.Users users) {
        return new UserSignIn(vertx, users, settings, clock, events);
    }

    private void happened(SignInEvent event) {
        events.accept(event);
        SignInLog.write(event);
    }
}
