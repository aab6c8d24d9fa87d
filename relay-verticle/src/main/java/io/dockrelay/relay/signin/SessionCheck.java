package io.dockrelay.relay.signin;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.dockrelay.relay.signin.users.User;
import io.dockrelay.relay.signin.users.Users;
import io.dockrelay.settings.SessionSettings;

/** Decides whether a session holds. Pure; the time, the users and the ended sessions are parameters. */
final class SessionCheck {

    /** Clocks of two relays may differ. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

    private final Duration idle;
    private final Duration longest;

    SessionCheck(SessionSettings settings) {
        this.idle = settings.idle();
        this.longest = settings.longest();
    }

    /** The user of a session that has not ended; empty for any other. */
    Optional<User> user(SessionClaims claims, Users users, Instant now) {
        return isOver(claims, now)
                ? Optional.empty()
                : users.find(claims.name()).filter(user -> user.generation().equals(claims.generation()));
    }

    /** When the session ends in any case. */
    Instant end(SessionClaims claims) {
        return claims.started().plus(longest);
    }

    /** Whether the cookie should be replaced by a newer one: not with each request. */
    boolean isAged(SessionClaims claims, Instant now) {
        return now.isAfter(claims.seen().plus(idle.dividedBy(20)));
    }

    private boolean isOver(SessionClaims claims, Instant now) {
        return !now.isBefore(claims.seen().plus(idle))
                || !now.isBefore(end(claims))
                || claims.seen().isAfter(now.plus(CLOCKS_DIFFER));
    }
}
