package io.dockrelay.relay.signin;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

import io.dockrelay.listener.ClientAddress;
import io.dockrelay.listener.ClientSocket;
import io.dockrelay.listener.CloseCode;
import io.dockrelay.settings.SessionSettings;

/**
 * The sessions of this relay: begins them, finds them in requests, renews and ends them. Owned by the relay's sign-in, on its
 * context.
 *
 * @param <U> to whom a session belongs
 */
final class Sessions<U> {

    private static final int ID_BYTES = 16;

    private final SecureRandom random = new SecureRandom();
    private final LiveSessions live = new LiveSessions();
    private final Clock clock;
    private final ClientAddress addresses;
    private final Owners<U> owners;
    private final SignedOut signedOut;
    private final SessionCheck check;
    private final SessionCodec codec;
    private final SessionCookie cookie;

    /**
     * A session that holds.
     *
     * @param user that it belongs to
     * @param secure whether its cookie is the one for TLS
     */
    record Session<U>(SessionClaims claims, U user, boolean secure) {}

    /** Finds the one to whom a session belongs. */
    @FunctionalInterface
    interface Owners<U> {

        /** Empty if the session is over for another reason than time. */
        Optional<U> of(SessionClaims claims);
    }

    Sessions(
            SessionSettings settings,
            SessionCodec codec,
            SessionCookie cookie,
            Owners<U> owners,
            SignedOut signedOut,
            ClientAddress addresses,
            Clock clock) {
        this.check = new SessionCheck(settings);
        this.codec = codec;
        this.cookie = cookie;
        this.owners = owners;
        this.signedOut = signedOut;
        this.addresses = addresses;
        this.clock = clock;
    }

    /** The session of a request; empty if it has none that holds. */
    Optional<Session<U>> of(HttpServerRequest request) {
        return of(request.getHeader("Cookie"), addresses.isSecure(request));
    }

    /** The claims of a session that may hold, but belongs to no one that is known here. */
    Optional<SessionClaims> unknown(HttpServerRequest request) {
        return cookie.in(request.getHeader("Cookie"), addresses.isSecure(request))
                .flatMap(received -> codec.open(received.value()))
                .filter(claims -> isInTime(claims) && owners.of(claims).isEmpty());
    }

    /** Whether a request has a cookie of a session, whatever it is worth. */
    boolean hasCookie(HttpServerRequest request) {
        return cookie.in(request.getHeader("Cookie"), false).isPresent();
    }

    /**
     * Begins a session, with another id than any earlier one of this browser.
     *
     * @param generation of the user's sessions
     * @param secure whether the browser uses TLS
     * @return the id
     */
    String begin(HttpServerResponse response, String name, String generation, boolean secure) {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        Instant now = now();
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(id);
        send(response, new SessionClaims(text, name, generation, now, now), secure);
        return text;
    }

    /** The session was used: gives the browser a newer cookie if its own has aged. */
    void used(HttpServerRequest request, Session<U> session) {
        Instant now = now();
        if (check.isAged(session.claims(), now)) {
            SessionClaims newer = session.claims().seenAt(now);
            live.used(newer);
            send(request.response(), newer, session.secure());
        }
    }

    /** Ends a session here and at its sockets; the future completes when a restart does not admit it any more. */
    Future<Void> end(Session<U> session) {
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
        Optional<Session<U>> session = of(socket.header("Cookie"), false);
        // It may have ended since the handshake began.
        session.ifPresentOrElse(holds -> live.add(holds.claims(), socket), () -> socket.close(CloseCode.SIGNED_OUT));
        return session.isPresent();
    }

    /** The session of an earlier request, if it holds now: by the newest cookie, where a socket is open with it. */
    Optional<SessionClaims> held(HttpServerRequest earlier) {
        return cookie.in(earlier.getHeader("Cookie"), addresses.isSecure(earlier))
                .flatMap(received -> codec.open(received.value()))
                .filter(claims -> user(live.newest(claims)).isPresent());
    }

    /** The ids of the sessions with open sockets. */
    Set<String> open() {
        return live.ids();
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

    private Optional<Session<U>> of(String header, boolean secure) {
        return cookie.in(header, secure)
                .flatMap(received -> codec.open(received.value())
                        .flatMap(claims -> user(claims).map(user -> new Session<>(claims, user, received.secure()))));
    }

    private Optional<U> user(SessionClaims claims) {
        return isInTime(claims) ? owners.of(claims) : Optional.empty();
    }

    private boolean isInTime(SessionClaims claims) {
        return !signedOut.contains(claims.id()) && !check.isOver(claims, clock.instant());
    }

    private void send(HttpServerResponse response, SessionClaims claims, boolean secure) {
        Duration left = Duration.between(now(), check.end(claims));
        response.headers().add("Set-Cookie", cookie.set(codec.seal(claims), secure, Math.max(1, left.toSeconds())));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
