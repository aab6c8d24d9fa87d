package io.dockrelay.relay.signin;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import io.dockrelay.listener.ClientSocket;
import io.dockrelay.listener.CloseCode;

/** The open sockets of each session. Owned by the relay's sign-in, on its context. */
final class LiveSessions {

    private final Map<String, Live> live = new HashMap<>();

    /** A session with at least one socket. */
    private static final class Live {

        /** The newest that a client has sent. */
        private SessionClaims claims;

        private final Set<ClientSocket> sockets = new HashSet<>();

        Live(SessionClaims claims) {
            this.claims = claims;
        }
    }

    void add(SessionClaims claims, ClientSocket socket) {
        Live session = live.computeIfAbsent(claims.id(), first -> new Live(claims));
        session.sockets.add(socket);
        used(claims);
        socket.onClose(() -> remove(claims.id(), socket));
    }

    /** The ids of the sessions. */
    Set<String> ids() {
        return Set.copyOf(live.keySet());
    }

    /** The session was used, by any request. */
    void used(SessionClaims claims) {
        Live session = live.get(claims.id());
        if (session != null && claims.seen().isAfter(session.claims.seen())) {
            session.claims = claims;
        }
    }

    /** The newest claims of the same session, as far as they are known: those given, unless it has a socket. */
    SessionClaims newest(SessionClaims claims) {
        Live session = live.get(claims.id());
        return session != null && session.claims.seen().isAfter(claims.seen()) ? session.claims : claims;
    }

    /** Closes the sockets of the sessions that do not hold. */
    void closeUnless(Predicate<SessionClaims> holds) {
        List<Live> over = live.values().stream()
                .filter(session -> !holds.test(session.claims))
                .toList();
        over.forEach(session -> List.copyOf(session.sockets).forEach(socket -> socket.close(CloseCode.SIGNED_OUT)));
    }

    private void remove(String id, ClientSocket socket) {
        Live session = live.get(id);
        if (session != null && session.sockets.remove(socket) && session.sockets.isEmpty()) {
            live.remove(id);
        }
    }
}
