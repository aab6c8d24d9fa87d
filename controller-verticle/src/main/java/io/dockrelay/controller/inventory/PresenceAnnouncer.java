package io.dockrelay.controller.inventory;

import java.time.Instant;
import java.util.List;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.ControllerPresence;
import io.dockrelay.protocol.bus.Registration;
import io.dockrelay.protocol.timers.Periodic;
import io.dockrelay.protocol.wire.LinkState;

/** Announces this controller on the bus, every few seconds, and that it leaves. Owned by the watcher, on its context. */
public final class PresenceAnnouncer {

    /** The features of this controller beyond version 1. */
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

    private final Bus bus;
    private final String controller;
    private final Instant since;
    private final Periodic announcements;
    private final Registration rollCalls;

    private PresenceAnnouncer(Vertx vertx, Bus bus, String controller, Instant since) {
        this.bus = bus;
        this.controller = controller;
        this.since = since;
        this.announcements = new Periodic(vertx);
        this.rollCalls = bus.subscribe(Addresses.ROLL_CALL, rollCall -> announce());
    }

    static PresenceAnnouncer start(Vertx vertx, Bus bus, String controller, Instant since) {
        var presence = new PresenceAnnouncer(vertx, bus, controller, since);
        presence.announce();
        presence.announcements.start(Addresses.ANNOUNCE_EVERY, presence::announce);
        return presence;
    }

    /** @param now the time at which it leaves */
    Future<Void> leave(Instant now) {
        announcements.cancel();
        bus.publish(Addresses.CONTROLLERS, new ControllerPresence(controller, null, now, 0, null, false, FEATURES));
        return rollCalls.close();
    }

    private void announce() {
        bus.publish(
                Addresses.CONTROLLERS,
                new ControllerPresence(controller, LinkState.CONNECTED, since, 0, null, false, FEATURES));
    }
}
