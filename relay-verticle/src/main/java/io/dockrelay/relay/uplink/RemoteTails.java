package io.dockrelay.relay.uplink;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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
import io.dockrelay.protocol.wire.ErrorCode;
import io.dockrelay.protocol.wire.ServerMessage.Failure;

/**
 * Opens and ends the tails that are wanted from one remote controller. The set outlives the connections: each new connection
 * subscribes exactly the tails that are still open, from where they were. Owned by {@link RemoteController}, on the uplink's
 * context.
 */
final class RemoteTails implements TailDelivery.Events {

    private static final Logger log = LoggerFactory.getLogger(RemoteTails.class);

    /** A little less than the caller's own timeout, so that the caller learns the reason. */
    private static final Duration OPENS_WITHIN = Duration.ofSeconds(14);

    private static final Duration SUBSCRIBE_AGAIN = Duration.ofSeconds(2);

    /** Reads the newest lines of a container's log. */
    interface NewestReader {

        Future<LineBlock> newest(String container, int lines);
    }

    private final Vertx vertx;
    private final Bus bus;
    private final UplinkLimits limits;
    private final NewestReader store;
    private final QueueBudget budget;
    private final TailDeliveries deliveries = new TailDeliveries();
    private final TailRequests requests;
    private final TailMessages messages;

    /**
     * @param socket to the controller; dropped if it sends more than was granted
     * @param store for a controller of version 1
     */
    RemoteTails(Vertx vertx, Bus bus, UplinkLimits limits, ControllerSocket socket, NewestReader store) {
        this.vertx = vertx;
        this.bus = bus;
        this.limits = limits;
        this.store = store;
        budget = new QueueBudget(limits.allTailsBytes());
        requests = new TailRequests(socket::send);
        messages = new TailMessages(deliveries, requests, socket);
    }

    /** Takes what the controller sends. */
    TailMessages messages() {
        return messages;
    }

    /** There is a connection: subscribes every tail that is still wanted. */
    void connected(WireVersion version, boolean credit) {
        requests.connected(version, credit);
        deliveries.all().forEach(delivery -> requests.subscribe(delivery.tail()));
    }

    /** The connection is lost. Tails that were still being opened are refused; open ones stay wanted. */
    void disconnected() {
        requests.disconnected();
        for (TailDelivery delivery : deliveries.all()) {
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
        if (requests.version() == null) {
            String why = "there is no connection to the controller";
            return Future.failedFuture(new Refusal(RefusalKind.CONTROLLER_UNAVAILABLE, why));
        }
        var queue = new TailQueue(limits.tailBytes(), budget);
        var tail = new RemoteTail(request, queue, new TailCredit(limits.creditBytes()));
        deliveries.add(new TailDelivery(vertx, bus, tail, lines -> store.newest(tail.name(), lines), this));
        requests.subscribe(tail);
        return tail.opened()
                .future()
                .timeout(OPENS_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
                .recover(failure -> Future.failedFuture(late(tail, failure)));
    }

    void close(CloseTail request) {
        TailDelivery delivery = deliveries.find(request.subscription());
        if (delivery != null) {
            gone(delivery.tail());
        }
    }

    /** Ends all tails; their receivers notice when the controller leaves. */
    void close() {
        deliveries.all().forEach(delivery -> gone(delivery.tail()));
    }

    @Override
    public void delivered(RemoteTail tail) {
        requests.grantDue(tail);
    }

    /** Lines that wait at the controller are not wanted either, so the tail is subscribed again at the newest line. */
    @Override
    public void jump(RemoteTail tail) {
        boolean again = requests.canSkip();
        tail.jump(again);
        if (again) {
            requests.subscribe(tail);
        }
    }

    /**
     * The tail is not wanted any more. A version 1 controller has one subscription per container, so only the last tail
     * of a container unsubscribes it.
     */
    @Override
    public void gone(RemoteTail tail) {
        TailDelivery delivery = deliveries.remove(tail);
        if (delivery == null) {
            return;
        }
        tail.clear();
        delivery.close();
        tail.opened().tryFail(new Refusal(RefusalKind.CONTROLLER_UNAVAILABLE, "the tail was closed"));
        boolean shared = requests.version() == WireVersion.V1
                && !deliveries.addressed(null, tail.name(), WireVersion.V1).isEmpty();
        if (!shared) {
            requests.unsubscribe(tail);
        }
    }

    /** The controller refused a request; true when it was one of these subscriptions. */
    boolean failed(Failure failure) {
        List<TailDelivery> refused = deliveries.addressed(failure.sub(), failure.container(), requests.version());
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
        delivery.subscribeAgain().start(SUBSCRIBE_AGAIN, () -> requests.subscribe(tail));
    }

    private void refuse(RemoteTail tail, Refusal refusal) {
        var unused = deliveries.remove(tail);
        tail.opened().tryFail(refusal);
    }

    private Throwable late(RemoteTail tail, Throwable failure) {
        if (!(failure instanceof TimeoutException)) {
            return failure;
        }
        gone(tail);
        return new Refusal(RefusalKind.TIMED_OUT, "the controller did not answer the subscription");
    }
}
