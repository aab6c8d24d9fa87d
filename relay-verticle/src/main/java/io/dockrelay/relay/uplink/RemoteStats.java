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
 * The load of a remote controller's containers. Subscribes at the controller to the union of all watches, at the shortest
 * of their intervals, and publishes the samples. A watch that is not renewed expires. Owned by its {@link RemoteController},
 * on the uplink's context.
 */
final class RemoteStats {

    /** The feature of a controller that measures load. */
    static final String FEATURE = "stats";

    private static final SubscribeStats NOTHING = new SubscribeStats(List.of(), StatsInterval.DEFAULT_MS);

    private final Bus bus;
    private final String controller;
    private final Consumer<String> socket;
    private final StatsLeases leases = new StatsLeases(WatchStats.LEASE);

    /** The subscription at the controller, on this connection. */
    private SubscribeStats asked = NOTHING;

    /** True while there is a connection to a controller that measures load. */
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
            String why = "controller " + controller + " does not report its load now";
            return Future.failedFuture(new Refusal(RefusalKind.CONTROLLER_UNAVAILABLE, why));
        }
        if (!leases.take(watch, now())) {
            String why = "the load of " + controller + " already has the maximum number of watches";
            return Future.failedFuture(new Refusal(RefusalKind.TOO_MANY_SUBSCRIPTIONS, why));
        }
        ask();
        return Future.succeededFuture(new Acknowledged());
    }

    /** @param features of the connected controller */
    void connected(List<String> features) {
        able = features.contains(FEATURE);
        asked = NOTHING;
        ask();
    }

    void disconnected() {
        able = false;
    }

    void received(Stats stats) {
        HostStats host = stats.hosts().isEmpty()
                ? new HostStats(controller, null, null)
                : stats.hosts().getFirst();
        List<ContainerStats> items = stats.items().stream()
                .map(item -> item.withController(controller))
                .toList();
        bus.publish(
                Addresses.stats(controller),
                new StatsSample(
                        controller,
                        stats.at(),
                        new HostStats(controller, host.cpus(), host.memoryTotal(), host.refusal()),
                        items));
    }

    /** Ends all watches. */
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
