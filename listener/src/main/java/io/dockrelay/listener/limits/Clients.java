package io.dockrelay.listener.limits;

import java.util.function.LongSupplier;

import io.dockrelay.settings.ClientLimits;

/** What each client address uses of one listener, and all of them together. Owned by the listener, on its context. */
public final class Clients {

    private final ClientLimits limits;
    private final ClientLedger ledger;

    public Clients(ClientLimits limits) {
        this(limits, System::nanoTime);
    }

    Clients(ClientLimits limits, LongSupplier nanos) {
        this.limits = limits;
        this.ledger = new ClientLedger(limits, nanos);
    }

    /** Whether this address may have one more WebSocket. */
    public boolean mayOpenSocket(String address) {
        Client client = ledger.find(address);
        return client == null || client.sockets < limits.connections();
    }

    /** A WebSocket has opened; its share must be {@linkplain ClientShare#end ended} when it closes. */
    public ClientShare socket(String address) {
        Client client = ledger.enter(address);
        client.sockets++;
        return new ClientShare(ledger, client, limits);
    }

    /** Open connections of this address. */
    int connections(String address) {
        Client client = ledger.find(address);
        return client == null ? 0 : client.connections();
    }

    ClientLedger ledger() {
        return ledger;
    }
}
