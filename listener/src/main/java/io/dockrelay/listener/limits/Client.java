package io.dockrelay.listener.limits;

/** What one client address uses now. Owned by the ledger, on its thread. */
final class Client {

    final String key;
    final MessageRate rate;

    /** Open connections that are no WebSockets. */
    int plain;

    /** Open WebSockets. */
    int sockets;

    /** Logs that its WebSockets follow. */
    int subscriptions;

    Client(String key, MessageRate rate) {
        this.key = key;
        this.rate = rate;
    }

    int connections() {
        return plain + sockets;
    }
}
