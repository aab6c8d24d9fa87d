package io.dockrelay.relay.uplink;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.ControllerPresence;
import io.dockrelay.protocol.bus.Registration;
import io.dockrelay.protocol.bus.RollCall;
import io.dockrelay.protocol.timers.Periodic;
import io.dockrelay.protocol.wire.LinkState;
import io.dockrelay.relay.fleet.ControllerRegistry;

/**
 * Announces a remote controller on the bus, every few seconds and at each change of the connection. Passive while the
 * controller itself is on the bus. Owned by its {@link Uplink}, on its context.
 */
final class PresenceProxy {

    private static final Logger log = LoggerFactory.getLogger(PresenceProxy.class);

    private final Bus bus;

    /** Its id while it is not known which controller answers. */
    private final String placeholder;

    /** Called when {@link #isActive} has changed. */
    private final Runnable roleChanged;

    /** Announcements of the controller itself, with times that only grow. */
    private final ControllerRegistry registry = new ControllerRegistry();

    private final Registration announcements;
    private final Registration rollCalls;
    private final Periodic ticks;

    private String controller;
    private List<String> features = List.of();

    private Map<String, String> labels = Map.of();

    /** Null while it allows everything, and before the first connection. */
    private List<String> allow;

    private LinkState link = LinkState.CONNECTING;
    private Instant since = Instant.now();
    private int attempt;

    /** When the next attempt is due; null unless waiting. */
    private Instant retryAt;

    /** Why there is no connection; null while there is one, and before the first attempt has failed. */
    private String message;

    /** Whether the other end has answered since this uplink's start, even if only by a refusal. */
    private boolean answered;

    private boolean active = true;

    PresenceProxy(Vertx vertx, Bus bus, String placeholder, Runnable roleChanged) {
        this.bus = bus;
        this.placeholder = placeholder;
        this.controller = placeholder;
        this.roleChanged = roleChanged;
        announcements = bus.subscribe(Addresses.CONTROLLERS, this::announced);
        rollCalls = bus.subscribe(Addresses.ROLL_CALL, rollCall -> announce());
        ticks = new Periodic(vertx);
        ticks.start(Addresses.ANNOUNCE_EVERY, this::tick);
    }

    /** Whether this uplink represents the controller on the bus. */
    boolean isActive() {
        return active;
    }

    void dialling(int attempts) {
        become(LinkState.CONNECTING, attempts, null);
    }

    /** @param lastAnswered whether the last attempt had an answer, even if only a refusal */
    void waiting(int attempts, long retryInMs, String why, boolean lastAnswered) {
        message = why;
        answered |= lastAnswered;
        become(LinkState.WAITING, attempts, Instant.now().plusMillis(retryInMs));
    }

    /** @param allowed null for everything */
    void connected(List<String> offered, List<String> allowed, Map<String, String> given) {
        features = offered;
        labels = given;
        allow = allowed;
        message = null;
        answered = true;
        become(LinkState.CONNECTED, 0, null);
    }

    /** The controller has another id than expected. */
    void rename(String id) {
        identify(id, id);
    }

    /** Another uplink represents the controller of this URL; the one that was announced here has left. */
    void forgetController() {
        identify(placeholder, null);
    }

    /** @param replacedBy what the id before is replaced by; null for nothing */
    private void identify(String id, String replacedBy) {
        if (!id.equals(controller)) {
            leave(replacedBy, false);
            registry.forget(controller);
            controller = id;
            active = true;
            // If the controller itself is on the bus, it answers at once instead of at its next announcement.
            bus.publish(Addresses.ROLL_CALL, new RollCall());
        }
    }

    /** @param removed whether the controller is to be forgotten */
    Future<Void> close(boolean removed) {
        ticks.cancel();
        Future<Void> closed =
                Future.join(announcements.close(), rollCalls.close()).mapEmpty();
        leave(null, removed);
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
        if (active) {
            Long retryInMs = retryAt == null
                    ? null
                    : Math.max(0, retryAt.toEpochMilli() - Instant.now().toEpochMilli());
            bus.publish(
                    Addresses.CONTROLLERS,
                    new ControllerPresence(
                            controller,
                            link,
                            since,
                            attempt,
                            retryInMs,
                            true,
                            features,
                            allow,
                            null,
                            message,
                            answered,
                            labels,
                            false));
        }
    }

    /**
     * @param replacedBy the id that answers at this URL now; null when the uplink ends
     * @param removed whether the controller is to be forgotten
     */
    private void leave(String replacedBy, boolean removed) {
        if (active) {
            bus.publish(
                    Addresses.CONTROLLERS,
                    new ControllerPresence(
                            controller,
                            null,
                            Instant.now(),
                            0,
                            null,
                            true,
                            features,
                            allow,
                            replacedBy,
                            null,
                            answered,
                            Map.of(),
                            removed));
        }
    }

    private void announced(ControllerPresence presence) {
        if (presence.uplink() || !presence.controller().equals(controller)) {
            return;
        }
        var unused = registry.announced(presence, monotonic());
        updateRole();
    }

    private void tick() {
        if (!active) {
            var unused = registry.tick(controller, monotonic());
            updateRole();
        }
        announce();
    }

    private void updateRole() {
        boolean before = active;
        active = !registry.isOnBus(controller);
        if (active == before) {
            return;
        }
        if (active) {
            log.info("[controller-ws] controller {} is no longer on the bus: this uplink represents it", controller);
        } else {
            log.warn("[controller-ws] controller {} is on the bus itself: this uplink is passive", controller);
        }
        roleChanged.run();
    }

    /** A change of the system's clock does not make the controller silent. */
    private static Instant monotonic() {
        return Instant.EPOCH.plusNanos(System.nanoTime());
    }
}
