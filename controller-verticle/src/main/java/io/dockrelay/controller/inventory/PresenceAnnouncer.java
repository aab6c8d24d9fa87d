package io.dockrelay.controller.inventory;

import java.time.Instant;
import java.util.List;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.ControllerPresence;
import io.dockrelay.protocol.bus.Registration;
import io.dockrelay.protocol.wire.LinkState;

/** Says on the bus that this controller is there, every few seconds, and that it leaves. Owned by the watcher. */
public final class PresenceAnnouncer {

    /** What this controller can do beyond version 1. */
    public static final List<String> FEATURES = List.of(
            "cursor",
            "streams",
            "sub",
            "wait",
            "after",
            "log_state",
            "log_gap",
            "log_credit",
            "log_pages",
            "action",
            "engine_status",
            "stats",
            "details",
            "download");

    private final Vertx vertx;
    private final Bus bus;
    private final String controller;
    private final Instant since;
    private final long timer;
    private final Registration asked;

    private PresenceAnnouncer(Vertx vertx, Bus bus, String controller, Instant since) {
        this.vertx = vertx;
        this.bus = bus;
        this.controller = controller;
        this.since = since;
        this.timer = vertx.setPeriodic(Addresses.ANNOUNCE_EVERY.toMillis(), id -> announce());
        this.asked = bus.subscribe(Addresses.ROLL_CALL, rollCall -> announce());
    }

    static PresenceAnnouncer begin(Vertx vertx, Bus bus, String controller, Instant since) {
        var presence = new PresenceAnnouncer(vertx, bus, controller, since);
        presence.announce();
        return presence;
    }

    /** @param now when it leaves */
    Future<Void> leave(Instant now) {
        vertx.cancelTimer(timer);
        bus.publish(Addresses.CONTROLLERS, new ControllerPresence(controller, null, now, 0, null, false, FEATURES));
        return asked.close();
    }

    private void announce() {
        bus.publish(
                Addresses.CONTROLLERS,
                new ControllerPresence(controller, LinkState.CONNECTED, since, 0, null, false, FEATURES));
    }
}
