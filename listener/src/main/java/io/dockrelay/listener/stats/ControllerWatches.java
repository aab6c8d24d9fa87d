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

/**
 * What a {@link StatsSubscriptions} wants of one controller: a watch for each interval, renewed for as long as it is wanted, and
 * what is published. While nothing is wanted there is neither. On the desk's context.
 */
final class ControllerWatches {

    private static final Logger log = LoggerFactory.getLogger(ControllerWatches.class);

    private final Vertx vertx;
    private final Bus bus;
    private final String controller;
    private final Consumer<StatsSample> heard;

    /** By their interval. */
    private final Map<Integer, WatchStats> watches = new TreeMap<>();

    /** Null while nothing is wanted. */
    private Registration samples;

    private long timer;

    ControllerWatches(Vertx vertx, Bus bus, String controller, Consumer<StatsSample> heard) {
        this.vertx = vertx;
        this.bus = bus;
        this.controller = controller;
        this.heard = heard;
    }

    /** @param wanted the containers of each interval, instead of those before */
    void want(Map<Integer, List<String>> wanted) {
        List<WatchStats> over = watches.values().stream()
                .filter(watch -> !wanted.containsKey(watch.intervalMs()))
                .toList();
        over.forEach(watch -> watches.remove(watch.intervalMs()));
        wanted.forEach(this::want);
        // Only then: what another interval has taken over is measured without a break.
        over.forEach(watch -> ask(WatchStats.end(watch.watch())));
        if (watches.isEmpty()) {
            silence();
        }
    }

    void close() {
        want(Map.of());
    }

    private void want(int intervalMs, List<String> containers) {
        WatchStats before = watches.get(intervalMs);
        if (before != null && before.containers().equals(containers)) {
            return;
        }
        String id = before == null ? UUID.randomUUID().toString() : before.watch();
        var watch = new WatchStats(id, containers, intervalMs);
        watches.put(intervalMs, watch);
        listen();
        samples.ready().onSuccess(ready -> askIfStill(watch));
    }

    private void askIfStill(WatchStats watch) {
        if (watch.equals(watches.get(watch.intervalMs()))) {
            ask(watch);
        }
    }

    private void listen() {
        if (samples == null) {
            samples = bus.subscribe(Addresses.stats(controller), heard);
            timer = vertx.setPeriodic(
                    WatchStats.RENEW_EVERY.toMillis(), renew -> watches.values().forEach(this::ask));
        }
    }

    private void silence() {
        if (samples != null) {
            vertx.cancelTimer(timer);
            samples.close().onFailure(failure -> log.debug("the load of {} is still listened to", controller, failure));
            samples = null;
        }
    }

    /** Whoever does not answer now is asked again with the next renewal. */
    private void ask(WatchStats watch) {
        bus.ask(Addresses.watchStats(controller), watch)
                .onFailure(refusal -> log.debug("no load of {}: {}", controller, refusal.getMessage()));
    }
}
