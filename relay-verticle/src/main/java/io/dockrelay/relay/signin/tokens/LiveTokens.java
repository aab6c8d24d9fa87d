package io.dockrelay.relay.signin.tokens;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import io.dockrelay.listener.ClientSocket;
import io.dockrelay.listener.CloseCode;

/** The open sockets of each token. Owned by {@link TokenDesk}, on the relay's context. */
final class LiveTokens {

    private final Map<String, Set<ClientSocket>> sockets = new HashMap<>();

    /** @param id of the token */
    void add(String id, ClientSocket socket) {
        sockets.computeIfAbsent(id, first -> new HashSet<>()).add(socket);
        socket.onClose(() -> remove(id, socket));
    }

    /** The ids of the tokens with at least one socket. */
    Set<String> ids() {
        return Set.copyOf(sockets.keySet());
    }

    /** Closes the sockets of the tokens that do not hold. */
    void closeUnless(Predicate<String> holds) {
        for (String id : ids()) {
            if (!holds.test(id)) {
                List.copyOf(sockets.getOrDefault(id, Set.of())).forEach(socket -> socket.close(CloseCode.SIGNED_OUT));
            }
        }
    }

    private void remove(String id, ClientSocket socket) {
        Set<ClientSocket> ofToken = sockets.get(id);
        if (ofToken != null && ofToken.remove(socket) && ofToken.isEmpty()) {
            sockets.remove(id);
        }
    }
}
