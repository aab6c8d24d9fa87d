package io.dockrelay.listener.limits;

/** What one client address uses now. Owned by the ledger, on its thread. */
final class Client {

    /** Messages per second. A page sends one per 10 s while nothing happens. */
    static final int RESERVED = 10;

    final String key;
    final MessageRate rate;

    /** The part of the rate that the messages of others cannot use up. */
    final MessageRate reserved = new MessageRate(RESERVED);

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

    /** Whether nothing of its rates is in use. */
    boolean isUnused(long nanos) {
        return rate.isUnused(nanos) && reserved.isUnused(nanos);
    }

    int connections() {
        return plain + sockets;
    }
}
