package io.dockrelay.relay.browser;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

import io.dockrelay.listener.ClientSocket;
import io.dockrelay.listener.CloseCode;
import io.dockrelay.listener.stats.StatsClient;
import io.dockrelay.listener.stats.StatsSubscriptions;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.logs.Cursor;
import io.dockrelay.protocol.rights.Permission;
import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.stats.StatsSample;
import io.dockrelay.protocol.wire.ClientMessage;
import io.dockrelay.protocol.wire.ClientMessages;
import io.dockrelay.protocol.wire.ErrorCode;
import io.dockrelay.protocol.wire.InvalidMessage;
import io.dockrelay.protocol.wire.ServerMessage;
import io.dockrelay.protocol.wire.WireJson;
import io.dockrelay.relay.view.Caller;

/**
 * One browser, from its handshake until its socket is closed. It gets the state of all containers, and the logs that it has
 * subscribed to. For a browser that reads slowly, messages about the list are not queued: it gets the newest list when it
 * has caught up.
 *
 * <p>Owned by its group, on the context of its socket.
 */
final class BrowserSession implements StatsClient {

    /** What a browser sees: the same for all with equal rights. */
    interface Source {

        /** The whole list now, with changes that the browser has missed. */
        byte[] wholeList(List<Change> changes);

        /** The part of a load sample that the browser may have; null where nothing of the controller is visible. */
        StatsSample part(StatsSample sample);
    }

    /** The owner's side: what all sessions share. */
    interface Group {

        /** Browsers that are connected now. */
        int size();

        /** Takes the browser's request for load samples. */
        StatsSubscriptions stats();

        /** The browser has disconnected. */
        void left(BrowserSession session);
    }

    /** Changes kept for a slow browser; the page finds older ones in the history. */
    private static final int MAX_MISSED = 200;

    private final ClientSocket socket;
    private final Group group;
    private final BrowserContext context;
    private final BrowserOutput out;
    private final BrowserLogs logs;
    /** Who it is, with the rights of now. */
    private Caller caller;
    /** Changes with its rights. */
    private Source source;
    /** True once the browser has announced that it understands changes of the list. */
    private boolean deltas;
    /** True while it has not got the newest list, because it was full. */
    private boolean behind;
    /** Changes that it has not got, newest last. */
    private final Deque<Change> missed = new ArrayDeque<>();

    BrowserSession(ClientSocket socket, Group group, BrowserContext context, Caller caller, Source source) {
        this.socket = socket;
        this.group = group;
        this.context = context;
        this.caller = caller;
        this.source = source;
        this.out = new BrowserOutput(
                socket.out(() -> BrowserOutput.capacity(group.size())),
                this::drained,
                () -> socket.close(CloseCode.TOO_SLOW));
        this.logs = new BrowserLogs(() -> this.caller, context.logs(), out, context.clock(), this::counted);
        socket.onMessage(this::received);
        socket.onClose(this::closed);
    }

    boolean deltas() {
        return deltas;
    }

    int subscriptions() {
        return logs.size();
    }

    void heartbeat(byte[] beat) {
        if (!out.full()) {
            out.send(beat);
        }
    }

    /** The list has changed; the message has the form that this browser understands. */
    void listChanged(byte[] message, List<Change> changes) {
        if (!behind && !out.full()) {
            out.send(message);
            return;
        }
        behind = true;
        missed.addAll(changes);
        while (missed.size() > MAX_MISSED) {
            missed.removeFirst();
        }
    }

    /** Sends the whole list, now or when the browser takes more. */
    void wholeList() {
        if (out.full()) {
            behind = true;
            return;
        }
        behind = false;
        out.send(source.wholeList(List.copyOf(missed)));
        missed.clear();
    }

    @Override
    public boolean full() {
        return out.full();
    }

    /** Sends a message in any case. */
    @Override
    public void send(byte[] message) {
        out.send(message);
    }

    @Override
    public StatsSample part(StatsSample sample) {
        return source.part(sample);
    }

    Caller caller() {
        return caller;
    }

    /** Its rights have changed: logs that it may not read any more end, and those that it waits for may exist. */
    void moved(Caller replaced, Source other) {
        caller = replaced;
        source = other;
        missed.clear();
        logs.checkRights();
        logs.fleetChanged();
    }

    void checkRights() {
        logs.checkRights();
    }

    void close(CloseCode code) {
        socket.close(code);
    }

    void fleetChanged() {
        logs.fleetChanged();
    }

    void tick(Instant now) {
        out.tick(now);
    }

    private void counted() {
        socket.follows(logs.size());
    }

    private void received(String text) {
        try {
            switch (ClientMessages.read(text, Cursor::isPosition)) {
                case ClientMessage.SubscribeLogs request -> subscribe(request);
                case ClientMessage.UnsubscribeLogs request -> logs.unsubscribe(request);
                case ClientMessage.SubscribeStats request -> subscribe(request);
                case ClientMessage.Hello hello -> hello(hello);
                case ClientMessage.LogCredit credit -> logs.refuse(credit);
                case ClientMessage.Ping ping ->
                    send(WireJson.write(
                            new ServerMessage.Pong(ping.id(), context.clock().instant())));
            }
        } catch (InvalidMessage bad) {
            send(WireJson.write(bad.answer()));
        }
    }

    private void subscribe(ClientMessage.SubscribeLogs request) {
        if (logs.size() >= context.mostSubscriptions() && logs.adds(request)) {
            logs.refuse(
                    request,
                    ErrorCode.TOO_MANY_SUBSCRIPTIONS,
                    "a connection may follow " + context.mostSubscriptions() + " logs at a time");
            socket.close(CloseCode.TOO_MANY_SUBSCRIPTIONS);
            return;
        }
        Optional<String> refusal = logs.adds(request) ? socket.refusalOfOneMoreLog() : Optional.empty();
        if (refusal.isPresent()) {
            logs.refuse(request, ErrorCode.TOO_MANY_SUBSCRIPTIONS, refusal.get());
            return;
        }
        logs.subscribe(request);
    }

    /** It holds even if it is refused: what the rights of later allow is sent. */
    private void subscribe(ClientMessage.SubscribeStats request) {
        group.stats().subscribe(this, request);
        if (request.containers().isEmpty()) {
            return;
        }
        try {
            caller.requireAnywhere(Permission.STATS);
        } catch (Refusal refusal) {
            send(WireJson.write(new ServerMessage.Failure(
                    refusal.kind().errorCode(), refusal.getMessage(), null, "subscribe_stats", null)));
        }
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
        group.left(this);
        logs.close();
    }
}
