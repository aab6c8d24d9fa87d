package io.dockrelay.relay.signin;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

import io.dockrelay.listener.ClientAddress;
import io.dockrelay.listener.ClientSocket;
import io.dockrelay.listener.CloseCode;
import io.dockrelay.relay.signin.users.User;
import io.dockrelay.relay.signin.users.UsersWatch;
import io.dockrelay.settings.SessionSettings;

/**
 * The sessions of this relay: begins them, finds them in requests, renews and ends them. Owned by the relay's sign-in, on its
 * context.
 */
final class Sessions {

    private static final int ID_BYTES = 16;

    private final SecureRandom random = new SecureRandom();
    private final LiveSessions live = new LiveSessions();
    private final Clock clock;
    private final ClientAddress addresses;
    private final UsersWatch users;
    private final SignedOut signedOut;
    private final SessionCheck check;
    private final SessionCodec codec;
    private final SessionCookie cookie;

    /**
     * A session that holds.
     *
     * @param secure whether its cookie is the one for TLS
     */
    record Session(SessionClaims claims, User user, boolean secure) {}

    /** @param key 32 bytes */
    Sessions(
            SessionSettings settings,
            byte[] key,
            UsersWatch users,
            SignedOut signedOut,
            ClientAddress addresses,
            Clock clock) {
        this.check = new SessionCheck(settings);
        this.codec = new SessionCodec(key);
        this.cookie = new SessionCookie(codec.cookieId());
        this.users = users;
        this.signedOut = signedOut;
        this.addresses = addresses;
        this.clock = clock;
    }

    /** The session of a request; empty if it has none that holds. */
    Optional<Session> of(HttpServerRequest request) {
        return of(request.getHeader("Cookie"), addresses.isSecure(request));
    }

    /** Whether a request has a cookie of a session, whatever it is worth. */
    boolean hasCookie(HttpServerRequest request) {
        return cookie.in(request.getHeader("Cookie"), false).isPresent();
    }

    /** Begins a session, with another id than any earlier one of this browser. */
    void begin(HttpServerRequest request, User user) {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        Instant now = now();
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(id);
        var claims = new SessionClaims(text, user.name(), user.generation(), now, now);
        send(request.response(), claims, addresses.isSecure(request));
    }

    /** The session was used: gives the browser a newer cookie if its own has aged. */
    void used(HttpServerRequest request, Session session) {
        Instant now = now();
        if (check.isAged(session.claims(), now)) {
            SessionClaims newer = session.claims().seenAt(now);
            live.used(newer);
            send(request.response(), newer, session.secure());
        }
    }

    /** Ends a session here and at its sockets; the future completes when a restart does not admit it any more. */
    Future<Void> end(Session session) {
        Future<Void> kept = signedOut.add(session.claims().id(), check.end(session.claims()), now());
        closeEnded();
        return kept;
    }

    /** Makes the browser drop its cookie. */
    void clear(HttpServerResponse response) {
        response.headers().add("Set-Cookie", cookie.clear(true)).add("Set-Cookie", cookie.clear(false));
    }

    /** A socket was opened with a session: it ends with it. Returns whether the session still holds. */
    boolean entered(ClientSocket socket) {
        Optional<Session> session = of(socket.header("Cookie"), false);
        // It may have ended since the handshake began.
        session.ifPresentOrElse(holds -> live.add(holds.claims(), socket), () -> socket.close(CloseCode.SIGNED_OUT));
        return session.isPresent();
    }

    /** Whether the session of an earlier request holds now: by the newest cookie, where a socket is open with it. */
    boolean holds(HttpServerRequest earlier) {
        return cookie.in(earlier.getHeader("Cookie"), addresses.isSecure(earlier))
                .flatMap(received -> codec.open(received.value()))
                .flatMap(claims -> user(live.newest(claims)))
                .isPresent();
    }

    /** Closes the sockets of the sessions that have ended. */
    void closeEnded() {
        live.closeUnless(claims -> user(claims).isPresent());
    }

    /** Time has passed. */
    void tick() {
        signedOut.refresh(clock.instant());
        closeEnded();
    }

    private Optional<Session> of(String header, boolean secure) {
        return cookie.in(header, secure)
                .flatMap(received -> codec.open(received.value())
                        .flatMap(claims -> user(claims).map(user -> new Session(claims, user, received.secure()))));
    }

    private Optional<User> user(SessionClaims claims) {
        return signedOut.contains(claims.id()) ? Optional.empty() : check.user(claims, users.users(), clock.instant());
    }

    private void send(HttpServerResponse response, SessionClaims claims, boolean secure) {
        Duration left = Duration.between(now(), check.end(claims));
        response.headers().add("Set-Cookie", cookie.set(codec.seal(claims), secure, Math.max(1, left.toSeconds())));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
