package io.dockrelay.listener.limits;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

import io.dockrelay.settings.ClientLimits;

/**
 * One entry per client address with an open connection, and the rates of {@link #MOST_GONE} addresses that have none. For one
 * thread.
 */
final class ClientLedger {

    /** An address that disconnects and comes back has the same rate as before. */
    static final int MOST_GONE = 10_000;

    private final ClientLimits limits;
    private final LongSupplier nanos;
    private final MessageRate inAll;
    private final Map<String, Client> present = new HashMap<>();
    private final Map<String, Client> gone = new LinkedHashMap<>();

    /** Logs that all WebSockets follow. */
    private int subscriptions;

    /** @param nanos a clock that only grows */
    ClientLedger(ClientLimits limits, LongSupplier nanos) {
        this.limits = limits;
        this.nanos = nanos;
        this.inAll = new MessageRate(limits.messagesInAll());
    }

    /** Null if the address has no open connection. */
    Client find(String address) {
        return present.get(ClientKey.of(address));
    }

    /** The entry of an address; the caller counts its connection in it. */
    Client enter(String address) {
        String key = ClientKey.of(address);
        Client known = present.get(key);
        if (known == null) {
            known = gone.remove(key);
            known = known == null ? new Client(key, new MessageRate(limits.messages())) : known;
            present.put(key, known);
        }
        return known;
    }

    /** A connection of this client has ended, and is no longer counted in it. */
    void left(Client client) {
        if (client.connections() > 0) {
            return;
        }
        present.remove(client.key);
        if (!client.isUnused(now())) {
            gone.put(client.key, client);
            forgetOldest();
        }
    }

    /** Addresses with an open connection. */
    int present() {
        return present.size();
    }

    /** Addresses without one whose rate is remembered. */
    int gone() {
        return gone.size();
    }

    long now() {
        return nanos.getAsLong();
    }

    /** Counts one message of any client. */
    boolean countMessage(long now) {
        return inAll.count(now);
    }

    int subscriptions() {
        return subscriptions;
    }

    void follow(Client client, int more) {
        client.subscriptions += more;
        subscriptions += more;
    }

    private void forgetOldest() {
        Iterator<Client> oldest = gone.values().iterator();
        while (gone.size() > MOST_GONE && oldest.hasNext()) {
            oldest.next();
            oldest.remove();
        }
    }
}
