package io.dockrelay.listener.limits;

import java.util.Optional;

import io.dockrelay.settings.ClientLimits;

/** What one WebSocket uses of the limits of its client address, and of all. Owned by the socket, on its context. */
public final class ClientShare {

    private final ClientLedger ledger;
    private final Client client;
    private final ClientLimits limits;
    private final MessageRate rate;

    /** Logs that the socket follows. */
    private int subscriptions;

    /** True once the socket has closed. */
    private boolean ended;

    ClientShare(ClientLedger ledger, Client client, ClientLimits limits) {
        this.ledger = ledger;
        this.client = client;
        this.limits = limits;
        this.rate = new MessageRate(limits.messagesOfConnection());
    }

    /**
     * Counts one frame from the client; returns whether it is within the rates. Where several connections exceed a rate
     * together, the one whose frame is beyond it is meant: most often one of those that send the most, and never one of an
     * address that sends less than its reserve.
     */
    public boolean countMessage() {
        long now = ledger.now();
        // In this order: what is refused for one connection is not at the expense of the others.
        return rate.count(now)
                && client.rate.count(now)
                // What a page needs is reserved for each address: the floods of others are not at its expense.
                && (client.reserved.count(now) || ledger.countMessage(now));
    }

    /** Why the socket may not follow one more log; empty if it may. */
    public Optional<String> refusalOfOneMore() {
        if (client.subscriptions >= limits.subscriptions()) {
            return Optional.of("the connections of one client address may follow " + limits.subscriptions()
                    + " logs together; close some of them first");
        }
        if (ledger.subscriptions() >= limits.subscriptionsInAll()) {
            return Optional.of("all clients together may follow " + limits.subscriptionsInAll()
                    + " logs; try again when others have closed theirs");
        }
        return Optional.empty();
    }

    /** The number of logs that the socket follows now. */
    public void follows(int count) {
        if (!ended) {
            ledger.follow(client, count - subscriptions);
            subscriptions = count;
        }
    }

    /** The socket has closed; further calls have no effect. */
    public void end() {
        if (!ended) {
            follows(0);
            ended = true;
            client.sockets--;
            ledger.left(client);
        }
    }
}
