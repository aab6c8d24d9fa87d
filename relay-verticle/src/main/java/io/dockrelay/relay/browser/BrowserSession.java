package io.dockrelay.relay.browser;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import io.dockrelay.listener.ClientSocket;
import io.dockrelay.listener.CloseCode;
import io.dockrelay.listener.stats.StatsClient;
import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.wire.ClientMessage;
import io.dockrelay.protocol.wire.ClientMessages;
import io.dockrelay.protocol.wire.ErrorCode;
import io.dockrelay.protocol.wire.InvalidMessage;
import io.dockrelay.protocol.wire.ServerMessage;
import io.dockrelay.protocol.wire.WireJson;

/**
 * One browser, from its handshake until its socket is closed, by whomever. It is told the state of all containers, and
 * the logs that it has subscribed to and no others. For a browser that reads slowly, messages about the list are not
 * queued: it gets the newest list when it has caught up.
 *
 * <p>Made and told by its {@link Browsers}; on the context of its socket.
 */
final class BrowserSession implements StatsClient {

    /** Changes kept for a slow browser; the others it finds in the history. */
    private static final int MOST_MISSED = 200;

    private final ClientSocket socket;
    private final Browsers audience;
    private final int mostSubscriptions;
    private final BrowserOutput out;
    private final BrowserLogs logs;
    /** True once the browser has said that it understands changes of the list. */
    private boolean deltas;
    /** True while it has not been told of the newest list, because it was full. */
    private boolean behind;
    /** Changes that it has not been told, newest last. */
    private final Deque<Change> missed = new ArrayDeque<>();

    BrowserSession(ClientSocket socket, Browsers audience, BrowserContext context) {
        this.socket = socket;
        this.audience = audience;
        this.mostSubscriptions = context.mostSubscriptions();
        this.out = new BrowserOutput(socket.out(() -> BrowserOutput.capacity(audience.size())), this::drained);
        this.logs = new BrowserLogs(context.fleet(), context.logs(), out, context.clock());
        socket.onMessage(this::received);
        socket.onClose(this::closed);
    }

    boolean deltas() {
        return deltas;
    }

    int subscriptions() {
        return logs.size();
    }

    /** Something to be said in any case. */
    void tell(byte[] message) {
        out.send(message);
    }

    void heartbeat(byte[] beat) {
        if (!out.full()) {
            out.send(beat);
        }
    }

    /** The list has changed: in the form that this browser understands. */
    void listChanged(byte[] message, List<Change> changes) {
        if (!behind && !out.full()) {
            out.send(message);
            return;
        }
        behind = true;
        missed.addAll(changes);
        while (missed.size() > MOST_MISSED) {
            missed.removeFirst();
        }
    }

    /** Sends the whole list, now or when there is room for it. */
    void wholeList() {
        if (out.full()) {
            behind = true;
            return;
        }
        behind = false;
        out.send(audience.wholeList(List.copyOf(missed)));
        missed.clear();
    }

    @Override
    public boolean full() {
        return out.full();
    }

    @Override
    public void send(byte[] message) {
        out.send(message);
    }

    void fleetChanged() {
        logs.fleetChanged();
    }

    void tick(Instant now) {
        out.tick(now);
    }

    private void received(String text) {
        try {
            switch (ClientMessages.read(text)) {
                case ClientMessage.SubscribeLogs request -> subscribe(request);
                case ClientMessage.UnsubscribeLogs request -> logs.unsubscribe(request);
                case ClientMessage.SubscribeStats wish -> audience.stats().subscribe(this, wish);
                case ClientMessage.Hello hello -> hello(hello);
                case ClientMessage.LogCredit credit -> logs.refuse(credit);
                case ClientMessage.Ping ping -> tell(WireJson.write(new ServerMessage.Pong(ping.id(), audience.now())));
            }
        } catch (InvalidMessage bad) {
            tell(WireJson.write(bad.answer()));
        }
    }

    private void subscribe(ClientMessage.SubscribeLogs request) {
        if (logs.size() >= mostSubscriptions && logs.adds(request)) {
            logs.refuse(
                    request,
                    ErrorCode.TOO_MANY_SUBSCRIPTIONS,
                    "a connection may follow " + mostSubscriptions + " logs at a time");
            socket.close(CloseCode.TOO_MANY_SUBSCRIPTIONS);
            return;
        }
        logs.subscribe(request);
    }

    private void hello(ClientMessage.Hello hello) {
        deltas = hello.deltas();
        wholeList();
    }

    private void drained() {
        if (behind) {
            wholeList();
        }
        logs.drained();
    }

    private void closed() {
        audience.leave(this);
        logs.close();
    }
}
