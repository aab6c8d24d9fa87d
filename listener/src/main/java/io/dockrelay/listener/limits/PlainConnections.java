package io.dockrelay.listener.limits;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.SocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.settings.Limits;

/**
 * The connections of one listener that are no WebSockets. Where there are as many as the limits allow, the connection that
 * has waited longest for a request is closed in favour of a new one; if all are being answered, the new one is closed. An
 * address that exceeds its own limit is only at its own expense. Owned by the listener, on its context.
 */
public final class PlainConnections {

    /** Connections beyond those that may become WebSockets, for plain requests. */
    static final int SPARE = 256;

    /** The same for one client address. */
    static final int SPARE_OF_CLIENT = 64;

    /** Longer than a slow network needs for 16 KiB. */
    static final Duration HEAD_TIME = Duration.ofSeconds(10);

    /** No client sends large bodies. */
    static final Duration REQUEST_TIME = Duration.ofSeconds(60);

    private static final Logger LOG = LoggerFactory.getLogger(PlainConnections.class);

    private final Limits limits;
    private final Clients clients;
    private final IntSupplier sockets;
    private final RequestDeadline.Times times;

    /** The one that has done nothing for the longest time first. */
    private final LinkedHashMap<HttpConnection, Open> open = new LinkedHashMap<>();

    /** @param client null for a trusted proxy, whose connections are those of many clients */
    private record Open(Client client, RequestDeadline deadline) {}

    /** @param sockets the number of open WebSockets */
    public PlainConnections(Limits limits, Clients clients, IntSupplier sockets) {
        this(limits, clients, sockets, new RequestDeadline.Times(HEAD_TIME, REQUEST_TIME));
    }

    PlainConnections(Limits limits, Clients clients, IntSupplier sockets, RequestDeadline.Times times) {
        this.limits = limits;
        this.clients = clients;
        this.sockets = sockets;
        this.times = times;
    }

    /**
     * A connection has been opened: it is counted, watched and possibly closed.
     *
     * @param client the client's address; empty for a connection of a trusted proxy
     */
    public void add(HttpConnection connection, Optional<String> client) {
        if (!makeRoom(client)) {
            close(connection);
            return;
        }
        Client counted = client.map(clients.ledger()::enter).orElse(null);
        if (counted != null) {
            counted.plain++;
        }
        open.put(connection, new Open(counted, RequestDeadline.watch(connection, times, () -> acted(connection))));
        connection.closeHandler(closed -> remove(connection));
    }

    /** The connection has closed, or is a WebSocket now. */
    public void remove(HttpConnection connection) {
        Open removed = open.remove(connection);
        if (removed == null) {
            return;
        }
        removed.deadline().end();
        if (removed.client() != null) {
            removed.client().plain--;
            clients.ledger().left(removed.client());
        }
    }

    private void acted(HttpConnection connection) {
        Open known = open.get(connection);
        if (known != null) {
            open.putLast(connection, known);
        }
    }

    private boolean makeRoom(Optional<String> client) {
        if (client.isPresent() && clients.connections(client.get()) >= mostOfClient()) {
            return false;
        }
        return open.size() + sockets.getAsInt() < limits.connections() + SPARE || closeOneThatWaits();
    }

    private long mostOfClient() {
        return (long) limits.clients().connections() + SPARE_OF_CLIENT;
    }

    private boolean closeOneThatWaits() {
        Optional<HttpConnection> longest = open.entrySet().stream()
                .filter(entry -> entry.getValue().deadline().isWaiting())
                .map(Map.Entry::getKey)
                .findFirst();
        longest.ifPresent(connection -> {
            RequestDeadline deadline = open.get(connection).deadline();
            remove(connection);
            deadline.cut();
        });
        return longest.isPresent();
    }

    private static void close(HttpConnection connection) {
        SocketAddress peer = connection.remoteAddress();
        LOG.debug("{} refused: too many connections", peer);
        connection.close().onFailure(gone -> LOG.debug("{} closed already", peer));
    }
}
