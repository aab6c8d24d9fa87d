package io.dockrelay.controller.server;

import java.nio.charset.StandardCharsets;
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
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.ContainerListReplica;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.logs.Cursor;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.wire.ClientMessage;
import io.dockrelay.protocol.wire.ClientMessages;
import io.dockrelay.protocol.wire.ErrorCode;
import io.dockrelay.protocol.wire.InvalidMessage;
import io.dockrelay.protocol.wire.ServerMessage;
import io.dockrelay.protocol.wire.WireJson;
import io.dockrelay.settings.Limits;

/**
 * One WebSocket client: its subscriptions, and what it is sent. Made when the socket opens, gone when it closes, and
 * everything it held with it; on the server's context.
 */
final class ClientSession implements StatsClient {

    private static final Logger log = LoggerFactory.getLogger(ClientSession.class);

    /** State and answers: a client that leaves this much of them unread is of no use to itself. */
    private static final long NEWS_CAPACITY = 4L * 1024 * 1024;

    private final Vertx vertx;
    private final Bus bus;
    private final String controller;
    private final Limits limits;
    private final ContainerListReplica containers;
    private final StatsSubscriptions stats;
    private final ClientSocket socket;

    /** What everybody gets, and answers. Apart from the logs, so that these never crowd it out. */
    private final OutboundSocket news;

    private final OutboundSocket logs;
    private final List<ClientLog> subscriptions = new ArrayList<>();

    /** @param stats where its wish for load is left */
    ClientSession(
            Vertx vertx,
            Bus bus,
            String controller,
            Limits limits,
            ContainerListReplica containers,
            StatsSubscriptions stats,
            ClientSocket socket) {
        this.vertx = vertx;
        this.bus = bus;
        this.controller = controller;
        this.limits = limits;
        this.containers = containers;
        this.stats = stats;
        this.socket = socket;
        this.news = socket.out(NEWS_CAPACITY);
        this.logs = socket.out();
        logs.onReady(this::drained);
    }

    void send(ServerMessage message) {
        send(WireJson.write(message));
    }

    /** News wait for it already: load is passed over before that. */
    @Override
    public boolean full() {
        return !news.ready();
    }

    /** A message that several clients get; the array is shared. */
    @Override
    public void send(byte[] message) {
        if (!news.offer(message)) {
            log.warn("[ws] client {} reads too slowly and is sent away", socket.remote());
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
                case ClientMessage.SubscribeStats wish -> stats.subscribe(this, wish);
                case ClientMessage.LogCredit credit -> grant(credit);
                case ClientMessage.Ping ping -> send(new ServerMessage.Pong(ping.id(), Instant.now()));
                case ClientMessage.Hello hello -> log.debug("nothing here depends on {}", hello.features());
            }
        } catch (InvalidMessage bad) {
            send(bad.answer());
        }
    }

    private void subscribe(ClientMessage.SubscribeLogs request) {
        if (!isCursor(request.after())) {
            fail(request, ErrorCode.BAD_REQUEST, "\"after\" is a cursor that a log message gave");
            return;
        }
        drop(request.container(), request.sub());
        if (subscriptions.size() >= limits.subscriptions()) {
            fail(
                    request,
                    ErrorCode.TOO_MANY_SUBSCRIPTIONS,
                    "at most " + limits.subscriptions() + " logs can be followed on one connection");
            socket.close(CloseCode.TOO_MANY_SUBSCRIPTIONS);
            return;
        }
        String name = nameOf(request.container()).orElse(request.container());
        var subscription = new ClientLog(vertx, bus, controller, logs, request, name);
        subscriptions.add(subscription);
        subscription
                .open(limits.lines(), () -> broken(subscription, request))
                .onSuccess(opened -> dropOthers(subscription))
                .onFailure(failure -> refused(subscription, request, failure));
    }

    /** The client subscribes again after its last cursor. */
    private void broken(ClientLog subscription, ClientMessage.SubscribeLogs request) {
        subscriptions.remove(subscription);
        fail(request, ErrorCode.ENGINE_ERROR, "a part of this log was lost on the bus; subscribe again");
    }

    private void refused(ClientLog subscription, ClientMessage.SubscribeLogs request, Throwable failure) {
        // One that was replaced or ended meanwhile is answered too: every bad request gets its error.
        subscriptions.remove(subscription);
        if (failure instanceof Refusal refusal) {
            fail(request, refusal.kind().errorCode(), refusal.getMessage());
        } else {
            log.error("[ws] subscribing to {} failed", request.container(), failure);
            fail(request, ErrorCode.ENGINE_ERROR, "an internal error, see the controller's log");
        }
    }

    /** The name may only now be known: whoever had it before ends. */
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

    /** Credit for what is not subscribed, or not any more, is of no use to anybody. */
    private void grant(ClientMessage.LogCredit credit) {
        List<ClientLog> meant = meant(credit.container(), credit.sub());
        if (meant.isEmpty() && credit.sub() != null) {
            // The client may not have heard yet of a new name.
            meant = subscriptions.stream()
                    .filter(subscription -> credit.sub().equals(subscription.sub()))
                    .toList();
        }
        meant.forEach(subscription -> subscription.granted(credit.bytes()));
    }

    /** By the name it has now; a name that nobody has any more still means what was subscribed by it. */
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

    private static boolean isCursor(String after) {
        if (after == null) {
            return true;
        }
        try {
            return Cursor.decode(after).encode().length() == after.getBytes(StandardCharsets.UTF_8).length;
        } catch (IllegalArgumentException notOne) {
            return false;
        }
    }
}
