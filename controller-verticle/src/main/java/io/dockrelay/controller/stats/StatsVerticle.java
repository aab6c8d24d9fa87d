package io.dockrelay.controller.stats;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.docker.DockerEngine;
import io.dockrelay.protocol.bus.Acknowledged;
import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.AskContainers;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.ContainersSnapshot;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.bus.Registration;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.state.ContainerStatus;
import io.dockrelay.protocol.stats.HostStats;
import io.dockrelay.protocol.stats.StatsLeases;
import io.dockrelay.protocol.stats.StatsSample;
import io.dockrelay.protocol.stats.WatchStats;

/**
 * Measures containers for whoever watches, each once whatever the number of watchers, and publishes what it reads. It
 * measures in rounds, one at a time; when the last watch is over, or was not renewed, it stops asking the engine.
 * Deployed by the controller and ended with it; everything happens on its event loop.
 */
public final class StatsVerticle extends VerticleBase {

    private static final Logger log = LoggerFactory.getLogger(StatsVerticle.class);

    private final StatsReader gauge;
    private final String controller;
    private final StatsLeases leases;
    private final StatsSchedule measured = new StatsSchedule();

    private Bus bus;
    private Registration watches;

    /** Null until asked for; asked anew after every rest. */
    private HostStats host;

    /** -1 while no round is to come. */
    private long timer = -1;

    private boolean measuring;

    /** True if somebody new watches since the present round has begun. */
    private boolean again;

    private boolean over;

    /**
     * @param engine closed by whoever made it, after this verticle
     * @param controller the controller's id
     */
    public StatsVerticle(DockerEngine engine, String controller) {
        this(engine, controller, WatchStats.LEASE);
    }

    /** @param lease how long a watch holds that nobody renews */
    StatsVerticle(DockerEngine engine, String controller, Duration lease) {
        this.gauge = new StatsReader(engine);
        this.leases = new StatsLeases(lease);
        this.controller = controller;
    }

    @Override
    public Future<?> start() {
        bus = Bus.of(vertx);
        watches = bus.answer(Addresses.watchStats(controller), this::watch);
        return watches.ready();
    }

    @Override
    public Future<?> stop() {
        over = true;
        stopTimer();
        return watches.close();
    }

    private Future<Acknowledged> watch(WatchStats watch) {
        List<String> before = leases.containers();
        int fastest = leases.shortestInterval().orElse(0);
        if (!leases.take(watch, now())) {
            String sentence = "the load of " + controller + " is watched by as many as can be";
            return Future.failedFuture(new Refusal(RefusalKind.TOO_MANY_SUBSCRIPTIONS, sentence));
        }
        boolean same = before.equals(leases.containers())
                && fastest == leases.shortestInterval().orElse(0);
        if (!same) {
            roundNow();
        }
        return Future.succeededFuture(new Acknowledged());
    }

    private void roundNow() {
        again = measuring;
        if (!measuring) {
            stopTimer();
            round();
        }
    }

    private void round() {
        leases.expire(now());
        if (over || leases.isEmpty()) {
            rest();
            return;
        }
        measuring = true;
        long begun = now();
        bus.ask(Addresses.containers(controller), new AskContainers(false))
                .compose(snapshot -> measure(snapshot, begun))
                .onFailure(failure -> log.debug("a round of measuring has failed", failure))
                .onComplete(done -> ended(begun));
    }

    private Future<Void> measure(ContainersSnapshot snapshot, long begun) {
        if (!snapshot.engine().available()) {
            host = null;
            return Future.succeededFuture();
        }
        List<Container> running =
                snapshot.containers().stream().filter(StatsVerticle::hasLoad).toList();
        List<Container> due = measured.due(running, leases, begun);
        Instant at = Instant.now();
        return host().compose(machine -> gauge.read(
                        due, (container, reading) -> measured.take(container, reading, machine, begun))
                .map(items -> {
                    publish(new StatsSample(controller, at, machine, items));
                    return null;
                }));
    }

    private void publish(StatsSample sample) {
        if (!sample.items().isEmpty() && !over) {
            bus.publish(Addresses.stats(controller), sample);
        }
    }

    private void ended(long begun) {
        measuring = false;
        if (over) {
            return;
        }
        long next =
                again ? 0 : begun + measured.nextRound(leases.shortestInterval().orElse(0)) - now();
        again = false;
        timer = vertx.setTimer(Math.max(1, next), fired -> {
            timer = -1;
            round();
        });
    }

    /** Nobody watches: the next one finds nothing that is old. */
    private void rest() {
        measured.clear();
        host = null;
    }

    private Future<HostStats> host() {
        return host != null
                ? Future.succeededFuture(host)
                : gauge.host(controller).onSuccess(machine -> host = machine.cpus() == null ? null : machine);
    }

    private void stopTimer() {
        if (timer >= 0) {
            boolean unused = vertx.cancelTimer(timer);
            timer = -1;
        }
    }

    private static boolean hasLoad(Container container) {
        return container.id() != null
                && (container.status() == ContainerStatus.RUNNING || container.status() == ContainerStatus.PAUSED);
    }

    private static long now() {
        return System.nanoTime() / 1_000_000;
    }
}
