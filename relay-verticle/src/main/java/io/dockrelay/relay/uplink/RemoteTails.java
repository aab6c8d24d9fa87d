package io.dockrelay.relay.uplink;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.logs.CloseTail;
import io.dockrelay.protocol.logs.LineBlock;
import io.dockrelay.protocol.logs.OpenTail;
import io.dockrelay.protocol.logs.TailOpened;
import io.dockrelay.protocol.wire.ClientMessage;
import io.dockrelay.protocol.wire.ErrorCode;
import io.dockrelay.protocol.wire.LogFrame;
import io.dockrelay.protocol.wire.ServerMessage.Failure;
import io.dockrelay.protocol.wire.ServerMessage.LogGap;
import io.dockrelay.protocol.wire.ServerMessage.LogState;
import io.dockrelay.protocol.wire.WireJson;

/**
 * The tails that are wanted from one remote controller. The set outlives the connections: each new connection subscribes
 * exactly the tails that are still open, from where they were. Owned by {@link RemoteController}, on the uplink's context.
 */
final class RemoteTails implements TailDelivery.Events {

    private static final Logger log = LoggerFactory.getLogger(RemoteTails.class);

    /** A little less than the caller's own timeout, so that the caller learns the reason. */
    private static final Duration OPENS_WITHIN = Duration.ofSeconds(14);

    private static final Duration SUBSCRIBE_AGAIN = Duration.ofSeconds(2);

    /** Backlog of a tail that cannot continue: the most that a controller gives. */
    private static final int MAX_LINES = 10_000;

    /** Reads the newest lines of a container's log. */
    interface NewestReader {

        Future<LineBlock> newest(String container, int lines);
    }

    private final Vertx vertx;
    private final Bus bus;
    private final UplinkLimits limits;
    private final Consumer<String> socket;
    private final NewestReader store;
    private final QueueBudget budget;

    /** By subscription. */
    private final Map<String, TailDelivery> deliveries = new LinkedHashMap<>();

    /** Of the connected controller; null while there is no connection. */
    private WireVersion version;

    /** Whether the connected controller keeps to credit. */
    private boolean credit;

    /**
     * @param socket where messages to the controller go while it is connected
     * @param store for a controller of version 1
     */
    RemoteTails(Vertx vertx, Bus bus, UplinkLimits limits, Consumer<String> socket, NewestReader store) {
        this.vertx = vertx;
        this.bus = bus;
        this.limits = limits;
        this.socket = socket;
        this.store = store;
        budget = new QueueBudget(limits.allTailsBytes());
    }

    int open() {
        return deliveries.size();
    }

    /** There is a connection: subscribes every tail that is still wanted. */
    void connected(WireVersion version, boolean credit) {
        this.version = version;
        this.credit = credit;
        deliveries.values().forEach(delivery -> subscribe(delivery.tail()));
    }

    /** The connection is lost. Tails that were still being opened are refused; open ones stay wanted. */
    void disconnected() {
        version = null;
        for (TailDelivery delivery : List.copyOf(deliveries.values())) {
            RemoteTail tail = delivery.tail();
            delivery.subscribeAgain().cancel();
            if (tail.opened().future().isComplete()) {
                tail.disconnected();
            } else {
                refuse(tail, new Refusal(RefusalKind.CONTROLLER_UNAVAILABLE, "the connection was lost"));
            }
        }
    }

    Future<TailOpened> open(OpenTail request) {
        if (version == null) {
            String why = "there is no connection to the controller";
            return Future.failedFuture(new Refusal(RefusalKind.CONTROLLER_UNAVAILABLE, why));
        }
        var queue = new TailQueue(limits.tailBytes(), budget);
        var tail = new RemoteTail(request, queue, new TailCredit(limits.creditBytes()));
        var delivery = new TailDelivery(vertx, bus, tail, lines -> store.newest(tail.name(), lines), this);
        deliveries.put(request.subscription(), delivery);
        subscribe(tail);
        return tail.opened()
                .future()
                .timeout(OPENS_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
                .recover(failure -> Future.failedFuture(late(tail, failure)));
    }

    void close(CloseTail request) {
        TailDelivery delivery = deliveries.get(request.subscription());
        if (delivery != null) {
            gone(delivery.tail());
        }
    }

    /** Ends all tails; their receivers notice when the controller leaves. */
    void close() {
        List.copyOf(deliveries.values()).forEach(delivery -> gone(delivery.tail()));
    }

    /** @param wire bytes of the message, here and below */
    void frame(LogFrame frame, int wire) {
        for (TailDelivery delivery : addressed(frame.sub(), frame.container())) {
            RemoteTail tail = delivery.tail();
            tail.credit().received(wire);
            take(delivery, frame, wire);
            received(delivery);
        }
    }

    private void take(TailDelivery delivery, LogFrame frame, int wire) {
        RemoteTail tail = delivery.tail();
        if (tail.known() && version == WireVersion.V1) {
            delivery.newest().frame(frame.lines(), frame.snapshot());
        } else if (frame.snapshot()) {
            delivery.newest().begin(version == WireVersion.V1 ? frame.lines() : LineBlock.EMPTY);
            tail.snapshot(frame, version, wire);
            tail.opened().tryComplete(new TailOpened(tail.name()));
        } else if (tail.known()) {
            tail.lines(frame, version, wire);
        }
    }

    void state(LogState state, int wire) {
        for (TailDelivery delivery : addressed(state.sub(), state.container())) {
            delivery.tail().credit().received(wire);
            delivery.tail().state(state, wire);
            received(delivery);
        }
    }

    void gap(LogGap gap, int wire) {
        for (TailDelivery delivery : addressed(gap.sub(), gap.container())) {
            delivery.tail().credit().received(wire);
            delivery.tail().gap(gap, wire);
            received(delivery);
        }
    }

    /** A message has gone into the tail. */
    private void received(TailDelivery delivery) {
        delivery.send();
        delivered(delivery.tail());
    }

    @Override
    public void delivered(RemoteTail tail) {
        int due = tail.credit().due();
        if (credit && version != null && due > 0) {
            grant(tail, due);
        }
    }

    /** Lines that wait at the controller are not wanted either, so the tail is subscribed again at the newest line. */
    @Override
    public void jump(RemoteTail tail) {
        boolean again = credit && version != null;
        tail.jump(again);
        if (again) {
            subscribe(tail);
        }
    }

    private void grant(RemoteTail tail, int bytes) {
        send(new ClientMessage.LogCredit(tail.name(), tail.subscription(), bytes));
    }

    /** The controller refused a request; true when it was one of these subscriptions. */
    boolean failed(Failure failure) {
        List<TailDelivery> refused = addressed(failure.sub(), failure.container());
        if (!"subscribe_logs".equals(failure.request()) || refused.isEmpty()) {
            return false;
        }
        refused.forEach(delivery -> refused(delivery, failure));
        return true;
    }

    private void refused(TailDelivery delivery, Failure failure) {
        RemoteTail tail = delivery.tail();
        if (!tail.opened().future().isComplete()) {
            refuse(tail, WireRefusals.refusal(failure));
            return;
        }
        if (failure.code() == ErrorCode.BAD_REQUEST) {
            tail.positionRefused();
        }
        log.warn("[controller-ws] the log of {} will be subscribed again: {}", tail.name(), failure.message());
        delivery.subscribeAgain().start(SUBSCRIBE_AGAIN, () -> subscribe(tail));
    }

    private void refuse(RemoteTail tail, Refusal refusal) {
        deliveries.remove(tail.subscription());
        tail.opened().tryFail(refusal);
    }

    private Throwable late(RemoteTail tail, Throwable failure) {
        if (!(failure instanceof TimeoutException)) {
            return failure;
        }
        gone(tail);
        return new Refusal(RefusalKind.TIMED_OUT, "the controller did not answer the subscription");
    }

    private void subscribe(RemoteTail tail) {
        tail.credited(credit);
        send(version.subscribe(tail.subscription(), tail.name(), tail.from(MAX_LINES), tail.waits()));
        if (credit) {
            grant(tail, tail.credit().begin());
        }
    }

    /**
     * The tail is not wanted any more. A version 1 controller has one subscription per container, so only the last tail
     * of a container unsubscribes it.
     */
    @Override
    public void gone(RemoteTail tail) {
        TailDelivery delivery = deliveries.remove(tail.subscription());
        if (delivery == null) {
            return;
        }
        tail.clear();
        delivery.close();
        tail.opened().tryFail(new Refusal(RefusalKind.CONTROLLER_UNAVAILABLE, "the tail was closed"));
        boolean shared =
                version == WireVersion.V1 && !addressed(null, tail.name()).isEmpty();
        if (version != null && !shared) {
            send(version.unsubscribe(tail.subscription(), tail.name()));
        }
    }

    private void send(ClientMessage message) {
        socket.accept(WireJson.text(message));
    }

    /** The tails that a message is for; a version 1 controller names the container only. */
    private List<TailDelivery> addressed(String sub, String container) {
        if (sub != null) {
            TailDelivery delivery = deliveries.get(sub);
            return delivery == null ? List.of() : List.of(delivery);
        }
        return deliveries.values().stream()
                .filter(delivery -> version == WireVersion.V1 && delivery.tail().follows(container))
                .toList();
    }
}
