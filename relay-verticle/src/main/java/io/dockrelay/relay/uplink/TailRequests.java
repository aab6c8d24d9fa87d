package io.dockrelay.relay.uplink;

import java.util.function.Consumer;

import io.dockrelay.protocol.wire.ClientMessage;
import io.dockrelay.protocol.wire.WireJson;

/**
 * What is sent to the connected controller for its tails, in the version that it speaks: subscriptions, their ends, and
 * credit. Owned by {@link RemoteTails}, on the uplink's context.
 */
final class TailRequests {

    /** Backlog of a tail that cannot continue: the most that a controller gives. */
    private static final int MAX_LINES = 10_000;

    private final Consumer<String> socket;

    /** Of the connected controller; null while there is no connection. */
    private WireVersion version;

    /** Whether the connected controller keeps to credit. */
    private boolean credit;

    /** @param socket where messages to the controller go while it is connected */
    TailRequests(Consumer<String> socket) {
        this.socket = socket;
    }

    void connected(WireVersion connectedVersion, boolean keepsToCredit) {
        version = connectedVersion;
        credit = keepsToCredit;
    }

    void disconnected() {
        version = null;
    }

    /** Null while there is no connection. */
    WireVersion version() {
        return version;
    }

    /** Whether a subscription that is repeated skips what waits at the controller. */
    boolean canSkip() {
        return credit && version != null;
    }

    /** While there is a connection. */
    void subscribe(RemoteTail tail) {
        tail.credited(credit);
        send(version.subscribe(tail.subscription(), tail.name(), tail.from(MAX_LINES), tail.waits()));
        if (credit) {
            grant(tail, tail.credit().begin());
        }
    }

    void unsubscribe(RemoteTail tail) {
        if (version != null) {
            send(version.unsubscribe(tail.subscription(), tail.name()));
        }
    }

    /** Grants the credit that is due, if the controller keeps to it. */
    void grantDue(RemoteTail tail) {
        int due = tail.credit().due();
        if (credit && version != null && due > 0) {
            grant(tail, due);
        }
    }

    private void grant(RemoteTail tail, int bytes) {
        send(new ClientMessage.LogCredit(tail.name(), tail.subscription(), bytes));
    }

    private void send(ClientMessage message) {
        socket.accept(WireJson.text(message));
    }
}
