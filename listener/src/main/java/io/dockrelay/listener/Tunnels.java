package io.dockrelay.listener;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

import io.vertx.core.http.ServerWebSocket;

import io.dockrelay.protocol.rights.Principal;

/**
 * The WebSockets of one listener that carry other connections, and are no sessions of clients. They have a limit of their own,
 * so that neither side takes the other's places. Owned by the listener, on its context.
 */
public final class Tunnels {

    /** Beyond it a tunnel is closed at once. */
    private static final int MOST = 10_000;

    /** The same for one client, so that none takes the places of others. */
    private static final int MOST_OF_ONE = 256;

    private final Set<String> paths;
    private final Authentication door;
    private final BiConsumer<ServerWebSocket, Principal> handler;

    /** With the names of those who have opened them. */
    private final Map<ServerWebSocket, String> open = new HashMap<>();

    /**
     * @param paths exact
     * @param door admits the clients, instead of the listener's sign-in
     * @param handler gets each tunnel with the one who has opened it
     */
    public Tunnels(Set<String> paths, Authentication door, BiConsumer<ServerWebSocket, Principal> handler) {
        this.paths = Set.copyOf(paths);
        this.door = door;
        this.handler = handler;
    }

    Set<String> paths() {
        return paths;
    }

    Authentication door() {
        return door;
    }

    void open(ServerWebSocket socket, Principal principal) {
        if (socket.isClosed()) {
            return;
        }
        FrameGuard.guard(socket, code -> close(socket, code));
        boolean unused = open.keySet().removeIf(ServerWebSocket::isClosed);
        if (open.size() >= MOST || ofOne(principal) >= MOST_OF_ONE) {
            close(socket, CloseCode.TOO_MANY_CONNECTIONS);
        } else {
            open.put(socket, principal.name());
            handler.accept(socket, principal);
        }
    }

    private long ofOne(Principal principal) {
        return open.values().stream().filter(principal.name()::equals).count();
    }

    private static void close(ServerWebSocket socket, CloseCode code) {
        // The socket closes anyway: only the peer's answer can fail.
        code.close(socket).onFailure(gone -> {});
    }
}
