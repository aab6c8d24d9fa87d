package io.dockrelay.client;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.bus.Registration;
import io.dockrelay.protocol.stats.ContainerStats;
import io.dockrelay.protocol.stats.StatsInterval;
import io.dockrelay.protocol.stats.StatsPace;
import io.dockrelay.protocol.stats.StatsSample;
import io.dockrelay.protocol.stats.StatsSet;
import io.dockrelay.protocol.stats.WatchStats;
import io.dockrelay.protocol.timers.Periodic;

/**
 * The load of containers of one controller. The controller measures them while this feed renews its watch, every 5 s; a
 * controller that comes back is asked again. A sample has the containers that were due; the first one of a container has no
 * CPU. While the reader is paused, the newest sample waits.
 *
 * <p>It fails with a {@link Refusal} if the controller does not allow it. A sample without items, whose host has a refusal, means
 * that the engine does not report load.
 */
public final class StatsFeed extends Feed<StatsSample> {

    private static final Logger log = LoggerFactory.getLogger(StatsFeed.class);

    private final Bus bus;
    private final String controller;
    private final WatchStats watch;
    private final StatsPace pace;
    private final Periodic renewal;
    private Registration samples;

    StatsFeed(Vertx vertx, Bus bus, String controller, List<String> containers, Duration interval) {
        super(vertx);
        this.bus = bus;
        this.controller = controller;
        int intervalMs = StatsInterval.clamp(interval.toMillis());
        watch = new WatchStats(UUID.randomUUID().toString(), containers, intervalMs);
        pace = new StatsPace(StatsSet.of(containers), intervalMs);
        renewal = new Periodic(vertx);
        onContext(this::begin);
    }

    @Override
    void drained() {
        // The next sample comes by itself.
    }

    @Override
    Future<Void> release() {
        renewal.cancel();
        if (samples == null) {
            return Future.succeededFuture();
        }
        // A controller that does not answer ends the watch by itself.
        Future<Void> told = bus.ask(Addresses.watchStats(controller), WatchStats.end(watch.watch()))
                .<Void>mapEmpty()
                .otherwiseEmpty();
        return Future.join(samples.close(), told).mapEmpty();
    }

    private void begin() {
        samples = bus.subscribe(Addresses.stats(controller), this::take);
        samples.ready().onComplete(listening -> renew());
        renewal.start(WatchStats.RENEW_EVERY, this::renew);
    }

    private void renew() {
        if (!isEnded()) {
            bus.ask(Addresses.watchStats(controller), watch).onFailure(this::refused);
        }
    }

    private void refused(Throwable failure) {
        if (Refusal.is(RefusalKind.NOT_ALLOWED, failure) || Refusal.is(RefusalKind.NOT_SUPPORTED, failure)) {
            finish(failure);
        } else {
            log.debug("no stats of {}: {}", controller, failure.getMessage());
        }
    }

    /** The samples of a controller have the containers of all watches. */
    private void take(StatsSample sample) {
        List<ContainerStats> items = pace.due(sample, System.nanoTime() / 1_000_000, item -> null);
        if (!items.isEmpty() || sample.host().refusal() != null) {
            drop();
            offer(new StatsSample(sample.controller(), sample.at(), sample.host(), items));
        }
    }
}
