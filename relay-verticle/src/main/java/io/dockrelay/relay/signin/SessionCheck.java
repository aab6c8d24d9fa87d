package io.dockrelay.relay.signin;

import java.time.Duration;
import java.time.Instant;

import io.dockrelay.settings.SessionSettings;

/** Decides whether the time of a session is over. Pure; the time is a parameter. */
final class SessionCheck {

    /** Clocks of two relays may differ. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

    private final Duration idle;
    private final Duration longest;

    SessionCheck(SessionSettings settings) {
        this.idle = settings.idle();
        this.longest = settings.longest();
    }

    /** When the session ends in any case. */
    Instant end(SessionClaims claims) {
        return claims.started().plus(longest);
    }

    /** Whether the cookie should be replaced by a newer one: not with each request. */
    boolean isAged(SessionClaims claims, Instant now) {
        return now.isAfter(claims.seen().plus(idle.dividedBy(20)));
    }

    /** Whether its time is over. */
    boolean isOver(SessionClaims claims, Instant now) {
        return !now.isBefore(claims.seen().plus(idle))
                || !now.isBefore(end(claims))
                || claims.seen().isAfter(now.plus(CLOCKS_DIFFER));
    }
}
