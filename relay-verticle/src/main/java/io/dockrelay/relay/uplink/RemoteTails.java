package io.dockrelay.relay.uplink;

import java.util.ArrayList;
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
 * The tails that are wanted from one remote controller. The set outlives the connections: each new one subscribes exactly
 * those that are still open, from where they were. Owned by {@link RemoteController}, on the uplink's context.
 */
final class RemoteTails implements TailDelivery.Events {

    private static final Logger log = LoggerFactory.getLogger(RemoteTails.class);

    /** A little less than the asker's own patience, so that it hears the reason. */
    private static final long OPENS_WITHIN_MS = 14_000;

    private static final long SUBSCRIBE_AGAIN_MS = 2_000;

    /** Backlog of a tail that cannot continue: the most that a controller gives. */
    private static final int MOST_LINES = 10_000;

    private final Vertx vertx;
    private final UplinkLimits limits;
    private final Consumer<String> socket;
    private final TailDelivery delivery;
    private final QueueBudget budget;
    private final Map<String, RemoteTail> tails = new LinkedHashMap<>();

    /** Null while there is no connection. */
    private WireVersion dialect;

    /** Counts the connections. */
    private int connection;

    /** Whether the controller at the other end keeps to credit. */
    private boolean credit;

    RemoteTails(Vertx vertx, Bus bus, UplinkLimits limits, Consumer<String> socket) {
        this.vertx = vertx;
        this.limits = limits;
        this.socket = socket;
        budget = new QueueBudget(limits.allTailsBytes());
        delivery = new TailDelivery(vertx, bus, this);
    }

    int open() {
        return tails.size();
    }

    /** There is a connection: everything that is still wanted is subscribed on it. */
    void connected(WireVersion spoken, boolean keepsToCredit) {
        dialect = spoken;
        connection++;
        credit = keepsToCredit;
        tails.values().forEach(this::subscribe);
    }

    /** The connection is lost. Who was still waiting for a tail to open is told; open ones stay wanted. */
    void disconnected() {
        dialect = null;
        for (RemoteTail tail : List.copyOf(tails.values())) {
            if (tail.opened().future().isComplete()) {
                tail.disconnected();
            } else {
                refuse(tail, new Refusal(RefusalKind.CONTROLLER_UNAVAILABLE, "the connection was lost"));
            }
        }
    }

    Future<TailOpened> open(OpenTail request) {
        if (dialect == null) {
            String why = "there is no connection to the controller";
            return Future.failedFuture(new Refusal(RefusalKind.CONTROLLER_UNAVAILABLE, why));
        }
        var tail = new RemoteTail(
                request, new TailQueue(limits.tailBytes(), budget), new TailCredit(limits.creditBytes()));
        tails.put(request.subscription(), tail);
        subscribe(tail);
        return tail.opened()
                .future()
                .timeout(OPENS_WITHIN_MS, TimeUnit.MILLISECONDS)
                .recover(failure -> Future.failedFuture(late(tail, failure)));
    }

    void close(CloseTail request) {
        RemoteTail tail = tails.get(request.subscription());
        if (tail != null) {
            gone(tail);
        }
    }

    /** Ends all tails; their readers notice by the controller's leaving. */
    void close() {
        delivery.close();
        List.copyOf(tails.values()).forEach(this::gone);
    }

    /** @param wire bytes of the message, here and below */
    void frame(LogFrame frame, int wire) {
        for (RemoteTail tail : meant(frame.sub(), frame.container())) {
            tail.credit().received(wire);
            if (frame.snapshot()) {
                tail.snapshot(frame, dialect, wire);
                tail.opened().tryComplete(new TailOpened(tail.name()));
            } else if (tail.known()) {
                tail.lines(frame, dialect, wire);
            }
            worked(tail);
        }
    }

    void state(LogState state, int wire) {
        for (RemoteTail tail : meant(state.sub(), state.container())) {
            tail.credit().received(wire);
            tail.state(state, wire);
            worked(tail);
        }
    }

    void gap(LogGap gap, int wire) {
        for (RemoteTail tail : meant(gap.sub(), gap.container())) {
            tail.credit().received(wire);
            tail.gap(gap, wire);
            worked(tail);
        }
    }

    /** A message has gone into the tail. */
    private void worked(RemoteTail tail) {
        delivery.poke(tail);
        handed(tail);
    }

    @Override
    public void handed(RemoteTail tail) {
        int due = tail.credit().due();
        if (credit && dialect != null && due > 0) {
            grant(tail, due);
        }
    }

    /** What waits at the controller is not wanted either, so it is asked for its newest line. */
    @Override
    public void jump(RemoteTail tail) {
        boolean again = credit && dialect != null;
        tail.jump(again);
        if (again) {
            subscribe(tail);
        }
    }

    private void grant(RemoteTail tail, int bytes) {
        send(new ClientMessage.LogCredit(tail.name(), tail.subscription(), bytes));
    }

    /** The controller refused something; true when it was one of our subscriptions. */
    boolean failed(Failure failure) {
        List<RemoteTail> refused = meant(failure.sub(), failure.container());
        if (!"subscribe_logs".equals(failure.request()) || refused.isEmpty()) {
            return false;
        }
        refused.forEach(tail -> refused(tail, failure));
        return true;
    }

    private void refused(RemoteTail tail, Failure failure) {
        if (!tail.opened().future().isComplete()) {
            refuse(tail, WireRefusals.refusal(failure));
            return;
        }
        if (failure.code() == ErrorCode.BAD_REQUEST) {
            tail.positionRefused();
        }
        log.warn("[controller-ws] the log of {} is asked for again: {}", tail.name(), failure.message());
        int refusedIn = connection;
        vertx.setTimer(SUBSCRIBE_AGAIN_MS, id -> {
            // Another connection has subscribed it already.
            if (dialect != null && connection == refusedIn && tails.containsValue(tail)) {
                subscribe(tail);
            }
        });
    }

    private void refuse(RemoteTail tail, Refusal refusal) {
        tails.remove(tail.subscription());
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
        send(dialect.subscribe(tail.subscription(), tail.name(), tail.from(MOST_LINES), tail.waits()));
        if (credit) {
            grant(tail, tail.credit().begin());
        }
    }

    /** Nobody wants it any more. A version 1 controller knows one subscription a container, so the last one tells it. */
    @Override
    public void gone(RemoteTail tail) {
        if (tails.remove(tail.subscription()) == null) {
            return;
        }
        tail.clear();
        delivery.forget(tail);
        boolean shared = dialect == WireVersion.V1 && !meant(null, tail.name()).isEmpty();
        if (dialect != null && !shared) {
            send(dialect.unsubscribe(tail.subscription(), tail.name()));
        }
    }

    private void send(ClientMessage message) {
        socket.accept(WireJson.text(message));
    }

    private List<RemoteTail> meant(String sub, String container) {
        List<RemoteTail> meant = new ArrayList<>();
        if (sub != null) {
            RemoteTail tail = tails.get(sub);
            return tail == null ? meant : List.of(tail);
        }
        for (RemoteTail tail : tails.values()) {
            if (dialect == WireVersion.V1 && tail.follows(container)) {
                meant.add(tail);
            }
        }
        return meant;
    }
}
