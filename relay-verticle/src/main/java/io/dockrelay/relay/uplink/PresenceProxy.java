package io.dockrelay.relay.uplink;

import java.time.Instant;
import java.util.List;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.ControllerPresence;
import io.dockrelay.protocol.bus.Registration;
import io.dockrelay.protocol.bus.RollCall;
import io.dockrelay.protocol.wire.LinkState;

/**
 * Says on the bus how the way to the controller is, every few seconds and at each change, and keeps quiet while the
 * controller itself is on the bus. Owned by its {@link Uplink}, on its context.
 */
final class PresenceProxy {

    private static final Logger log = LoggerFactory.getLogger(PresenceProxy.class);
    private static final long SILENT_NANOS =
            Addresses.ANNOUNCE_EVERY.multipliedBy(3).toNanos();

    private final Vertx vertx;
    private final Bus bus;

    /** Told when the bus takes over, and when it has left again. */
    private final Runnable turned;

    private final Registration others;
    private final Registration asked;
    private final long timer;

    private String controller;
    private List<String> features = List.of();
    private LinkState link = LinkState.CONNECTING;
    private Instant since = Instant.now();
    private int attempt;

    /** When the next attempt is due; null unless waiting. */
    private Instant retryAt;

    /** When the controller itself was last heard on the bus; null while it is not there. */
    private Long onTheBusAt;

    PresenceProxy(Vertx vertx, Bus bus, String controller, Runnable turned) {
        this.vertx = vertx;
        this.bus = bus;
        this.controller = controller;
        this.turned = turned;
        others = bus.subscribe(Addresses.CONTROLLERS, this::heard);
        asked = bus.subscribe(Addresses.ROLL_CALL, rollCall -> announce());
        timer = vertx.setPeriodic(Addresses.ANNOUNCE_EVERY.toMillis(), id -> tick());
    }

    /** Whether this uplink speaks for the controller. */
    boolean speaks() {
        return onTheBusAt == null;
    }

    void dialling(int attempts) {
        become(LinkState.CONNECTING, attempts, null);
    }

    void waiting(int attempts, long retryInMs) {
        become(LinkState.WAITING, attempts, Instant.now().plusMillis(retryInMs));
    }

    void connected(List<String> offered) {
        features = offered;
        become(LinkState.CONNECTED, 0, null);
    }

    /** The controller is another than it was taken for. */
    void rename(String id) {
        if (!id.equals(controller)) {
            leave();
            controller = id;
            onTheBusAt = null;
            // Whether it is on the bus itself is known at once, not after its next announcement.
            bus.publish(Addresses.ROLL_CALL, new RollCall());
        }
    }

    Future<Void> close() {
        vertx.cancelTimer(timer);
        Future<Void> closed = Future.join(others.close(), asked.close()).mapEmpty();
        leave();
        return closed;
    }

    private void become(LinkState state, int attempts, Instant retry) {
        since = link == state ? since : Instant.now();
        link = state;
        attempt = attempts;
        retryAt = retry;
        announce();
    }

    private void announce() {
        if (speaks()) {
            Long retryInMs = retryAt == null
                    ? null
                    : Math.max(0, retryAt.toEpochMilli() - Instant.now().toEpochMilli());
            bus.publish(
                    Addresses.CONTROLLERS,
                    new ControllerPresence(controller, link, since, attempt, retryInMs, true, features));
        }
    }

    private void leave() {
        if (speaks()) {
            bus.publish(
                    Addresses.CONTROLLERS,
                    new ControllerPresence(controller, null, Instant.now(), 0, null, true, features));
        }
    }

    private void heard(ControllerPresence presence) {
        if (presence.uplink() || !presence.controller().equals(controller)) {
            return;
        }
        boolean spoke = speaks();
        onTheBusAt = presence.left() ? null : (Long) System.nanoTime();
        if (spoke && !speaks()) {
            log.warn("[controller-ws] controller {} is on the bus itself: this uplink keeps quiet", controller);
        }
        if (spoke != speaks()) {
            turned.run();
        }
    }

    private void tick() {
        if (onTheBusAt != null && System.nanoTime() - onTheBusAt > SILENT_NANOS) {
            onTheBusAt = null;
            log.info("[controller-ws] controller {} is no longer on the bus: this uplink speaks for it", controller);
            turned.run();
        }
        announce();
    }
}
