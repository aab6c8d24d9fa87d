package io.dockrelay.controller.stats;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

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
import io.dockrelay.protocol.timers.Timeout;

/**
 * Measures the watched containers, each once for all watches, and publishes the samples. Measures in rounds, one at a
 * time; after the last watch has ended or expired it sends no more requests to the engine. Deployed by the controller
 * and ended with it; everything runs on its event loop.
 */
public final class StatsVerticle extends VerticleBase {

    private static final Logger log = LoggerFactory.getLogger(StatsVerticle.class);

    /** An engine, or a proxy, that does not report its machine is asked again after this time. */
    private static final long UNKNOWN_HOST_LASTS_MS = 60_000;

    private final StatsReader reader;
    private final String controller;
    private final StatsLeases leases;
    private final StatsSchedule schedule = new StatsSchedule();
    private final StatsRefusal refusal =
            new StatsRefusal(() -> ThreadLocalRandom.current().nextDouble());

    private Bus bus;
    private Registration watches;

    /** Null until requested, and again after the last watch has ended; its values are null if the engine gave none. */
    private HostStats host;

    private long hostAskedAt;

    /** Runs while the next round is scheduled. */
    private Timeout nextRound;

    private boolean measuring;

    /** True if the watches have changed since the current round began. */
    private boolean again;

    private boolean over;

    /**
     * @param engine closed by the caller, after this verticle
     * @param controller the controller's id
     */
    public StatsVerticle(DockerEngine engine, String controller) {
        this(engine, controller, WatchStats.LEASE);
    }

    /** @param lease how long a watch lasts without a renewal */
    StatsVerticle(DockerEngine engine, String controller, Duration lease) {
        this.reader = new StatsReader(engine);
        this.leases = new StatsLeases(lease);
        this.controller = controller;
    }

    @Override
    public Future<?> start() {
        nextRound = new Timeout(vertx);
        bus = Bus.of(vertx);
        watches = bus.answer(Addresses.watchStats(controller), this::watch);
        return watches.ready();
    }

    @Override
    public Future<?> stop() {
        over = true;
        nextRound.cancel();
        return watches.close();
    }

    private Future<Acknowledged> watch(WatchStats watch) {
        boolean renewal = leases.holds(watch);
        if (!leases.take(watch, now())) {
            String sentence = "too many subscribers of the stats of " + controller + "; try again later";
            return Future.failedFuture(new Refusal(RefusalKind.TOO_MANY_SUBSCRIPTIONS, sentence));
        }
        if (!renewal) {
            roundNow();
        }
        return Future.succeededFuture(new Acknowledged());
    }

    private void roundNow() {
        again = measuring;
        if (!measuring) {
            nextRound.cancel();
            round();
        }
    }

    private void round() {
        leases.expire(now());
        if (over || leases.isEmpty()) {
            reset();
            return;
        }
        measuring = true;
        long begun = now();
        bus.ask(Addresses.containers(controller), new AskContainers(false))
                .compose(snapshot -> measure(snapshot, begun))
                .onFailure(failure -> log.debug("a round of measurements failed", failure))
                .onComplete(done -> ended(begun));
    }

    private Future<Void> measure(ContainersSnapshot snapshot, long begun) {
        if (!snapshot.engine().available()) {
            host = null;
            return Future.succeededFuture();
        }
        List<Container> running = snapshot.containers().stream()
                .filter(StatsVerticle::isMeasurable)
                .toList();
        List<Container> due = refusal.attempts(schedule.due(running, leases, begun));
        Instant at = Instant.now();
        return host().compose(machine -> reader.read(
                        due, (container, reading) -> schedule.take(container, reading, machine, begun))
                .map(round -> {
                    refusal.observe(round);
                    publish(new StatsSample(controller, at, machine.withRefusal(refusal.reason()), round.items()));
                    return null;
                }));
    }

    private void publish(StatsSample sample) {
        boolean something = !sample.items().isEmpty() || sample.host().refusal() != null;
        if (something && !over) {
            bus.publish(Addresses.stats(controller), sample);
        }
    }

    private void ended(long begun) {
        measuring = false;
        if (over) {
            return;
        }
        long regular = begun + schedule.nextRound(leases.shortestInterval().orElse(0)) - now();
        long next = again ? 0 : refusal.delay(regular);
        again = false;
        nextRound.start(Duration.ofMillis(next), this::round);
    }

    /** There are no watches: forgets the last measurements, so that the next watch starts fresh. */
    private void reset() {
        schedule.clear();
        host = null;
    }

    private Future<HostStats> host() {
        boolean askAgain = host == null || (host.cpus() == null && now() - hostAskedAt > UNKNOWN_HOST_LASTS_MS);
        return askAgain ? reader.host(controller).onSuccess(this::hostIs) : Future.succeededFuture(host);
    }

    private void hostIs(HostStats machine) {
        host = machine;
        hostAskedAt = now();
    }

    private static boolean isMeasurable(Container container) {
        return container.id() != null
                && (container.status() == ContainerStatus.RUNNING || container.status() == ContainerStatus.PAUSED);
    }

    private static long now() {
        return System.nanoTime() / 1_000_000;
    }
}
