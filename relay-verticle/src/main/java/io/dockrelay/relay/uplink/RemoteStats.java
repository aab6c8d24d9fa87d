package io.dockrelay.relay.uplink;

import java.util.List;
import java.util.function.Consumer;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

import io.dockrelay.protocol.bus.Acknowledged;
import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.stats.ContainerStats;
import io.dockrelay.protocol.stats.HostStats;
import io.dockrelay.protocol.stats.StatsInterval;
import io.dockrelay.protocol.stats.StatsLeases;
import io.dockrelay.protocol.stats.StatsSample;
import io.dockrelay.protocol.stats.WatchStats;
import io.dockrelay.protocol.timers.Periodic;
import io.dockrelay.protocol.wire.ClientMessage.SubscribeStats;
import io.dockrelay.protocol.wire.ServerMessage.Stats;
import io.dockrelay.protocol.wire.WireJson;

/**
 * The load of a remote controller's containers: what is watched here is subscribed to there, all of it at the shortest
 * interval that anybody wants, and what comes is published. A watch that nobody renews is taken back. Owned by its
 * {@link RemoteController}, on the uplink's context.
 */
final class RemoteStats {

    /** What a controller says that has it. */
    static final String FEATURE = "stats";

    private static final SubscribeStats NOTHING = new SubscribeStats(List.of(), StatsInterval.DEFAULT_MS);

    private final Bus bus;
    private final String controller;
    private final Consumer<String> socket;
    private final StatsLeases leases = new StatsLeases(WatchStats.LEASE);

    /** What the controller was asked for on this connection. */
    private SubscribeStats asked = NOTHING;

    /** True while there is a connection to a controller that has it. */
    private boolean able;

    /** Runs while something is watched. */
    private final Periodic checks;

    RemoteStats(Vertx vertx, Bus bus, String controller, Consumer<String> socket) {
        this.checks = new Periodic(vertx);
        this.bus = bus;
        this.controller = controller;
        this.socket = socket;
    }

    Future<Acknowledged> watch(WatchStats watch) {
        if (!able) {
            String why = "controller " + controller + " does not tell its load now";
            return Future.failedFuture(new Refusal(RefusalKind.CONTROLLER_UNAVAILABLE, why));
        }
        if (!leases.take(watch, now())) {
            String why = "the load of " + controller + " is watched by as many as can be";
            return Future.failedFuture(new Refusal(RefusalKind.TOO_MANY_SUBSCRIPTIONS, why));
        }
        ask();
        return Future.succeededFuture(new Acknowledged());
    }

    /** @param features what the controller can do */
    void connected(List<String> features) {
        able = features.contains(FEATURE);
        asked = NOTHING;
        ask();
    }

    void disconnected() {
        able = false;
    }

    void told(Stats stats) {
        HostStats host = stats.hosts().isEmpty()
                ? new HostStats(controller, null, null)
                : stats.hosts().getFirst();
        List<ContainerStats> items = stats.items().stream()
                .map(item -> item.withController(controller))
                .toList();
        bus.publish(
                Addresses.stats(controller),
                new StatsSample(
                        controller, stats.at(), new HostStats(controller, host.cpus(), host.memoryTotal()), items));
    }

    /** Nobody is answered for any more. */
    void close() {
        leases.clear();
        ask();
    }

    private void ask() {
        leases.expire(now());
        updateChecks();
        var wanted = new SubscribeStats(
                leases.containers(), leases.shortestInterval().orElse(StatsInterval.DEFAULT_MS));
        if (able && !wanted.equals(asked)) {
            asked = wanted;
            socket.accept(WireJson.text(wanted));
        }
    }

    private void updateChecks() {
        if (leases.isEmpty()) {
            checks.cancel();
        } else if (!checks.isRunning()) {
            checks.start(WatchStats.RENEW_EVERY, this::ask);
        }
    }

    private static long now() {
        return System.nanoTime() / 1_000_000;
    }
}
