package io.dockrelay.listener;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.listener.limits.Clients;
import io.dockrelay.protocol.rights.Principal;

/** The WebSockets of one listener, from the handshake to the close. Owned by the listener, on its context. */
final class OpenSockets {

    private static final Logger LOG = LoggerFactory.getLogger(OpenSockets.class);

    private final Vertx vertx;
    private final int limit;
    private final Clients clients;
    private final ClientAddress addresses;
    private final Consumer<ClientSocket> handler;
    private final Set<ClientSocket> open = new HashSet<>();

    /** True from {@link #closeAll} on: new sockets are closed at once. */
    private boolean stopping;

    OpenSockets(Vertx vertx, int limit, Clients clients, ClientAddress addresses, Consumer<ClientSocket> handler) {
        this.vertx = vertx;
        this.limit = limit;
        this.clients = clients;
        this.addresses = addresses;
        this.handler = handler;
    }

    int count() {
        return open.size();
    }

    /** @param uncounted ends its count as a connection that is no WebSocket: now, or when a refused one has closed */
    void accept(ServerWebSocket socket, Principal principal, Runnable uncounted) {
        if (socket.isClosed()) {
            uncounted.run();
            return;
        }
        ClientSocket client = new ClientSocket(socket, principal);
        // Most clients disconnect without a close frame; the close handler reports it.
        socket.exceptionHandler(broken -> LOG.debug("[ws] {}: {}", socket.remoteAddress(), broken.getMessage()));
        if (stopping) {
            refuse(client, CloseCode.GOING_AWAY, uncounted);
        } else if (open.size() >= limit || !clients.mayOpenSocket(addressOf(socket))) {
            LOG.debug("[ws] {} refused: too many connections", socket.remoteAddress());
            refuse(client, CloseCode.TOO_MANY_CONNECTIONS, uncounted);
        } else {
            uncounted.run();
            client.shares(clients.socket(addressOf(socket)));
            add(client);
        }
    }

    private static void refuse(ClientSocket client, CloseCode code, Runnable uncounted) {
        // Before the close: a closed socket takes no handler.
        client.socket().closeHandler(closed -> uncounted.run());
        client.close(code);
    }

    Future<Void> closeAll() {
        stopping = true;
        List<Future<Void>> closing = open.stream()
                .map(client -> client.closed(CloseCode.GOING_AWAY)
                        // One that reads too slowly may have got another code, and time to read it.
                        .timeout(CloseCode.CUT_AFTER.toMillis(), TimeUnit.MILLISECONDS))
                .toList();
        return Future.join(closing).mapEmpty();
    }

    private String addressOf(ServerWebSocket socket) {
        return addresses.of(socket.remoteAddress(), socket.headers());
    }

    private void add(ClientSocket client) {
        Liveness liveness = Liveness.watch(vertx, client.socket(), client::dead);
        open.add(client);
        LOG.info("[ws] client {} connected, {} now", client.remote(), open.size());
        client.socket().closeHandler(closed -> {
            liveness.stop();
            remove(client);
        });
        handler.accept(client);
    }

    private void remove(ClientSocket client) {
        open.remove(client);
        LOG.info(
                "[ws] client {} left with {}, {} now",
                client.remote(),
                client.socket().closeStatusCode(),
                open.size());
        client.closed();
    }
}
