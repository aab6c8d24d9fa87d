package io.dockrelay.listener.stats;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;

import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.Registration;
import io.dockrelay.protocol.stats.StatsSample;
import io.dockrelay.protocol.stats.WatchStats;
import io.dockrelay.protocol.timers.Periodic;

/**
 * The watches of {@link StatsSubscriptions} at one controller: one watch per interval, renewed while it is needed, and
 * one subscription of the published samples. Without watches there is no subscription and no timer. On the context of
 * its owner; ends with {@link #close}.
 */
final class ControllerWatches {

    private static final Logger log = LoggerFactory.getLogger(ControllerWatches.class);

    private final Bus bus;
    private final String controller;
    private final Consumer<StatsSample> onSample;

    /** By interval. */
    private final Map<Integer, WatchStats> watches = new TreeMap<>();

    /** Null without watches. */
    private Registration samples;

    private final Periodic renewal;

    ControllerWatches(Vertx vertx, Bus bus, String controller, Consumer<StatsSample> onSample) {
        this.renewal = new Periodic(vertx);
        this.bus = bus;
        this.controller = controller;
        this.onSample = onSample;
    }

    /** @param wanted the containers per interval; replaces the previous ones */
    void watch(Map<Integer, List<String>> wanted) {
        List<WatchStats> over = watches.values().stream()
                .filter(watch -> !wanted.containsKey(watch.intervalMs()))
                .toList();
        over.forEach(watch -> watches.remove(watch.intervalMs()));
        wanted.forEach(this::watch);
        // End old watches last: a container that moves to another interval is measured without a break.
        over.forEach(watch -> ask(WatchStats.end(watch.watch())));
        if (watches.isEmpty()) {
            unsubscribe();
        }
    }

    void close() {
        watch(Map.of());
    }

    private void watch(int intervalMs, List<String> containers) {
        WatchStats before = watches.get(intervalMs);
        if (before != null && before.containers().equals(containers)) {
            return;
        }
        String id = before == null ? UUID.randomUUID().toString() : before.watch();
        var watch = new WatchStats(id, containers, intervalMs);
        watches.put(intervalMs, watch);
        subscribe();
        samples.ready().onSuccess(ready -> askIfCurrent(watch));
    }

    private void askIfCurrent(WatchStats watch) {
        if (watch.equals(watches.get(watch.intervalMs()))) {
            ask(watch);
        }
    }

    private void subscribe() {
        if (samples == null) {
            samples = bus.subscribe(Addresses.stats(controller), onSample);
            renewal.start(WatchStats.RENEW_EVERY, () -> watches.values().forEach(this::ask));
        }
    }

    private void unsubscribe() {
        if (samples != null) {
            renewal.cancel();
            samples.close().onFailure(failure -> log.debug("stats of {} not unsubscribed", controller, failure));
            samples = null;
        }
    }

    /** A controller that does not answer is asked again with the next renewal. */
    private void ask(WatchStats watch) {
        bus.ask(Addresses.watchStats(controller), watch)
                .onFailure(refusal -> log.debug("no stats of {}: {}", controller, refusal.getMessage()));
    }
}
