package io.dockrelay.controller.inventory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.ClockReading;
import io.dockrelay.protocol.bus.ControllerPresence;
import io.dockrelay.protocol.bus.Registration;
import io.dockrelay.protocol.rights.Permission;
import io.dockrelay.protocol.timers.Periodic;
import io.dockrelay.protocol.wire.BinaryFrames;
import io.dockrelay.protocol.wire.LinkState;
import io.dockrelay.settings.ControllerSettings;

/** Announces this controller on the bus, every few seconds, and that it leaves; answers what time it has. Owned by the watcher, on its context. */
public final class PresenceAnnouncer {

    /** Of every controller. */
    private static final List<String> FEATURES = List.of(
            "cursor",
            "streams",
            "sub",
            "wait",
            "after",
            "log_state",
            "log_gap",
            "log_credit",
            BinaryFrames.FEATURE,
            BinaryFrames.COMPRESSION,
            "log_pages",
            "action",
            "engine_status",
            "stats",
            "details",
            "download",
            "search",
            "clock");

    /** If the settings do not switch it off. */
    private static final String LOAD_HISTORY = "stats_history";

    /** If load may be read. */
    private static final List<String> OF_STATS = List.of("stats", LOAD_HISTORY);

    private final Bus bus;
    private final String controller;
    private final List<String> features;
    private final List<String> allow;
    private final Map<String, String> labels;
    private final Instant since;
    private final Periodic announcements;
    private final Registration rollCalls;
    private final Registration clock;

    private PresenceAnnouncer(Vertx vertx, Bus bus, ControllerSettings settings, Instant since) {
        this.bus = bus;
        this.controller = settings.id();
        this.features = features(settings);
        this.allow = allow(settings);
        this.labels = settings.labels();
        this.since = since;
        this.announcements = new Periodic(vertx);
        this.rollCalls = bus.subscribe(Addresses.ROLL_CALL, rollCall -> announce());
        this.clock = bus.answer(Addresses.clock(controller), asked -> Future.succeededFuture(ClockReading.now()));
    }

    /** The features of a controller with these settings beyond version 1. */
    public static List<String> features(ControllerSettings settings) {
        List<String> features = new ArrayList<>(FEATURES);
        settings.history().step().ifPresent(step -> features.add(LOAD_HISTORY));
        if (!allowed(settings).contains(Permission.STATS)) {
            features.removeAll(OF_STATS);
        }
        return List.copyOf(features);
    }

    /** What a controller with these settings allows. */
    public static Set<Permission> allowed(ControllerSettings settings) {
        return settings.door().allow().stream()
                .map(Permission::of)
                .flatMap(Optional::stream)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The same for messages: names in the order of the permissions; null if everything is allowed. */
    public static List<String> allow(ControllerSettings settings) {
        Set<Permission> allowed = allowed(settings);
        return allowed.containsAll(Permission.OF_CONTROLLERS)
                ? null
                : allowed.stream().sorted().map(Permission::wireName).toList();
    }

    static PresenceAnnouncer start(Vertx vertx, Bus bus, ControllerSettings settings, Instant since) {
        var presence = new PresenceAnnouncer(vertx, bus, settings, since);
        presence.announce();
        presence.announcements.start(Addresses.ANNOUNCE_EVERY, presence::announce);
        return presence;
    }

    /** @param now the time at which it leaves */
    Future<Void> leave(Instant now) {
        announcements.cancel();
        bus.publish(
                Addresses.CONTROLLERS,
                new ControllerPresence(
                        controller, null, now, 0, null, false, features, allow, null, null, true, labels, false));
        return Future.join(rollCalls.close(), clock.close()).mapEmpty();
    }

    private void announce() {
        bus.publish(
                Addresses.CONTROLLERS,
                new ControllerPresence(
                        controller,
                        LinkState.CONNECTED,
                        since,
                        0,
                        null,
                        false,
                        features,
                        allow,
                        null,
                        null,
                        true,
                        labels,
                        false));
    }
}
