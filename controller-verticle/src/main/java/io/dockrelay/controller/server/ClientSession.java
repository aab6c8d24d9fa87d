package io.dockrelay.controller.server;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.listener.ClientSocket;
import io.dockrelay.listener.CloseCode;
import io.dockrelay.listener.OutboundSocket;
import io.dockrelay.listener.stats.StatsClient;
import io.dockrelay.listener.stats.StatsSubscriptions;
import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.ClockReading;
import io.dockrelay.protocol.bus.ContainerListReplica;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.wire.ClientMessage;
import io.dockrelay.protocol.wire.ClientMessages;
import io.dockrelay.protocol.wire.ErrorCode;
import io.dockrelay.protocol.wire.InvalidMessage;
import io.dockrelay.protocol.wire.LineDeflater;
import io.dockrelay.protocol.wire.ServerMessage;
import io.dockrelay.protocol.wire.WireJson;
import io.dockrelay.settings.Limits;

/**
 * One WebSocket client: its subscriptions, and the messages to it. Made when the socket opens; when the socket closes, it ends
 * with all its subscriptions. On the server's context.
 */
final class ClientSession implements StatsClient {

    private static final Logger log = LoggerFactory.getLogger(ClientSession.class);

    /** Unread state and answers, in bytes, after which a client is disconnected. */
    private static final long STATE_CAPACITY = 4L * 1024 * 1024;

    private final Vertx vertx;
    private final Bus bus;
    private final String controller;
    private final Limits limits;
    private final ContainerListReplica containers;
    private final StatsSubscriptions stats;
    private final ClientSocket socket;

    /** State and answers. Separate from the logs, so that logs never fill its capacity. */
    private final OutboundSocket state;

    private final OutboundSocket logs;
    private final List<ClientLog> subscriptions = new ArrayList<>();
    private final TailTurns turns;

    private final LineDeflater deflater;

    /** Of the client's next subscriptions. */
    private LineForm form = LineForm.TEXT;

    /**
     * @param stats gets the client's stats subscription
     * @param deflater shared by the server's clients
     */
    ClientSession(
            Vertx vertx,
            Bus bus,
            String controller,
            Limits limits,
            ContainerListReplica containers,
            StatsSubscriptions stats,
            LineDeflater deflater,
            ClientSocket socket) {
        this.vertx = vertx;
        this.bus = bus;
        this.controller = controller;
        this.limits = limits;
        this.containers = containers;
        this.stats = stats;
        this.deflater = deflater;
        this.socket = socket;
        this.turns = new TailTurns(limits.subscriptions());
        this.state = socket.out(STATE_CAPACITY);
        this.logs = socket.out();
        logs.onReady(this::drained);
    }

    void send(ServerMessage message) {
        send(WireJson.write(message));
    }

    /** While state waits to be sent, stats are dropped. */
    @Override
    public boolean full() {
        return !state.ready();
    }

    /** Sends a message that several clients get; the array is shared. */
    @Override
    public void send(byte[] message) {
        if (!state.offer(message)) {
            log.warn("[ws] client {} reads too slowly and is disconnected", socket.remote());
            socket.close(CloseCode.TOO_SLOW);
        }
    }

    /** The socket has closed. */
    void end() {
        stats.remove(this);
        List.copyOf(subscriptions).forEach(ClientLog::close);
        subscriptions.clear();
    }

    void received(String frame) {
        try {
            switch (ClientMessages.read(frame)) {
                case ClientMessage.SubscribeLogs subscribe -> subscribe(subscribe);
                case ClientMessage.UnsubscribeLogs unsubscribe -> drop(unsubscribe.container(), unsubscribe.sub());
                case ClientMessage.SubscribeStats subscribe -> subscribe(subscribe);
                case ClientMessage.LogCredit credit -> grant(credit);
                case ClientMessage.Ping ping -> send(pong(ping, Instant.now()));
                case ClientMessage.Hello hello -> form = LineForm.of(hello.features());
            }
        } catch (InvalidMessage bad) {
            send(bad.answer());
        }
        socket.follows(subscriptions.size());
    }

    private void subscribe(ClientMessage.SubscribeLogs request) {
        drop(request.container(), request.sub());
        if (subscriptions.size() >= limits.subscriptions()) {
            fail(
                    request,
                    ErrorCode.TOO_MANY_SUBSCRIPTIONS,
                    "at most " + limits.subscriptions() + " logs can be followed on one connection");
            socket.close(CloseCode.TOO_MANY_SUBSCRIPTIONS);
            return;
        }
        Optional<String> refusal = socket.refusalOfOneMoreLog();
        if (refusal.isPresent()) {
            fail(request, ErrorCode.TOO_MANY_SUBSCRIPTIONS, refusal.get());
            return;
        }
        String name = nameOf(request.container()).orElse(request.container());
        var subscription = new ClientLog(
                vertx, bus, controller, logs, request, name, new BatchFrames(request.sub(), form, deflater));
        subscriptions.add(subscription);
        turns.add(subscription, () -> open(subscription, request));
    }

    /** A watch that is refused at its address would only be silent. */
    private void subscribe(ClientMessage.SubscribeStats request) {
        Optional<Refusal> refusal = bus.refusal(Addresses.watchStats(controller));
        if (refusal.isPresent()) {
            send(new ServerMessage.Failure(
                    refusal.get().kind().errorCode(), refusal.get().getMessage(), null, "subscribe_stats", null));
        } else {
            stats.subscribe(this, request);
        }
    }

    private void open(ClientLog subscription, ClientMessage.SubscribeLogs request) {
        subscription
                .open(limits.lines(), () -> broken(subscription, request))
                .onSuccess(opened -> dropOthers(subscription))
                .onFailure(failure -> refused(subscription, request, failure));
    }

    private static ServerMessage.Pong pong(ClientMessage.Ping ping, Instant now) {
        return new ServerMessage.Pong(ping.id(), now, ClockReading.micros(now));
    }

    /** The client subscribes again after its last cursor. */
    private void broken(ClientLog subscription, ClientMessage.SubscribeLogs request) {
        subscriptions.remove(subscription);
        socket.follows(subscriptions.size());
        fail(request, ErrorCode.ENGINE_ERROR, "a part of this log was lost on the bus; subscribe again");
    }

    private void refused(ClientLog subscription, ClientMessage.SubscribeLogs request, Throwable failure) {
        // Also for a subscription that was replaced or ended while its tail was being opened.
        subscriptions.remove(subscription);
        socket.follows(subscriptions.size());
        if (failure instanceof Refusal refusal) {
            fail(request, refusal.kind().errorCode(), refusal.getMessage());
        } else {
            log.error("[ws] subscribing to {} failed", request.container(), failure);
            fail(request, ErrorCode.ENGINE_ERROR, "an internal error, see the controller's log");
        }
    }

    /** The name may be known only now: older subscriptions of that name end. */
    private void dropOthers(ClientLog newest) {
        List<ClientLog> older = subscriptions.subList(0, Math.max(0, subscriptions.indexOf(newest)));
        end(older.stream()
                .filter(other -> isOf(other, newest.name(), newest.sub()))
                .toList());
    }

    private void drop(String container, String sub) {
        end(meant(container, sub));
    }

    private Optional<String> nameOf(String nameOrId) {
        return containers.list().find(nameOrId).map(Container::name);
    }

    /** Credit without a subscription is ignored. */
    private void grant(ClientMessage.LogCredit credit) {
        List<ClientLog> meant = meant(credit.container(), credit.sub());
        if (meant.isEmpty() && credit.sub() != null) {
            // The client may not know yet that the container was renamed.
            meant = subscriptions.stream()
                    .filter(subscription -> credit.sub().equals(subscription.sub()))
                    .toList();
        }
        meant.forEach(subscription -> subscription.granted(credit.bytes()));
    }

    /** By the container's present name; a name that is not in use any more still means the subscription by that name. */
    private List<ClientLog> meant(String container, String sub) {
        Optional<String> name = nameOf(container);
        return subscriptions.stream()
                .filter(subscription -> isOf(subscription, name.orElse(container), sub)
                        || (name.isEmpty()
                                && subscription.requested().equals(container)
                                && Objects.equals(subscription.sub(), sub)))
                .toList();
    }

    private void end(List<ClientLog> gone) {
        gone.forEach(ClientLog::close);
        subscriptions.removeAll(gone);
        // At once: a log that replaces one of these is not refused because of it.
        socket.follows(subscriptions.size());
    }

    private static boolean isOf(ClientLog subscription, String name, String sub) {
        return subscription.name().equals(name) && Objects.equals(subscription.sub(), sub);
    }

    private void drained() {
        List.copyOf(subscriptions).forEach(ClientLog::drained);
    }

    private void fail(ClientMessage.SubscribeLogs request, ErrorCode code, String message) {
        send(new ServerMessage.Failure(code, message, request.container(), "subscribe_logs", request.sub()));
    }
}
