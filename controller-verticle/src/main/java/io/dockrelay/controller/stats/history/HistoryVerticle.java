package io.dockrelay.controller.stats.history;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.ContainerListReplica;
import io.dockrelay.protocol.bus.Registration;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.stats.AskLoadHistory;
import io.dockrelay.protocol.stats.AskRecentLoad;
import io.dockrelay.protocol.stats.HostStats;
import io.dockrelay.protocol.stats.LoadHistory;
import io.dockrelay.protocol.stats.RecentLoad;
import io.dockrelay.protocol.stats.StatsSample;
import io.dockrelay.protocol.stats.StatsSet;
import io.dockrelay.protocol.stats.WatchStats;
import io.dockrelay.protocol.timers.Periodic;

/**
 * Keeps the load of all containers for a day. It is one more watch of the controller's measurements, one that is spread over its
 * step, so whatever is measured for viewers is kept as well and nothing is measured twice. Deployed by the controller after
 * the verticle that measures, and undeployed before it; everything but the file happens on its event loop.
 */
public final class HistoryVerticle extends VerticleBase {

    private static final Logger log = LoggerFactory.getLogger(HistoryVerticle.class);

    /** What a crash loses at most. */
    private static final Duration SAVE_EVERY = Duration.ofMinutes(5);

    /** A disk that does not answer delays the end of the program by this at most. */
    private static final Duration LAST_SAVE = Duration.ofSeconds(5);

    private final String controller;
    private final LoadHistories histories;

    /** Null to keep everything in memory only. */
    private final HistoryFile file;

    private final WatchStats watch;

    private Bus bus;
    private ContainerListReplica containers;
    private List<Registration> registrations = List.of();

    /** Null to keep everything in memory only. */
    private HistorySaves saves;

    private Periodic renewal;
    private Periodic saving;

    /** The machine; its values are null until it was measured. */
    private HostStats host;

    /**
     * @param controller the controller's id
     * @param step between two measurements of a container
     * @param folder for the file; empty to keep everything in memory only
     */
    public HistoryVerticle(String controller, Duration step, Optional<Path> folder) {
        this.controller = controller;
        this.histories = new LoadHistories((int) step.toMillis());
        this.file = folder.map(HistoryFile::new).orElse(null);
        this.watch = new WatchStats(UUID.randomUUID().toString(), List.of(StatsSet.ALL), histories.stepMs(), true);
        this.host = new HostStats(controller, null, null);
    }

    @Override
    public Future<?> start() {
        bus = Bus.of(vertx);
        containers = new ContainerListReplica(vertx, bus, controller, histories::listed);
        saves = file == null ? null : new HistorySaves(vertx, file, histories.stepMs());
        renewal = new Periodic(vertx);
        saving = new Periodic(vertx);
        return restore().compose(restored -> containers.start()).compose(listed -> open());
    }

    @Override
    public Future<?> stop() {
        renewal.cancel();
        saving.cancel();
        if (registrations.isEmpty()) {
            return Future.succeededFuture();
        }
        ask(WatchStats.end(watch.watch()));
        return Future.join(registrations.stream().map(Registration::close).toList())
                .transform(closed -> containers.close())
                .transform(closed -> saveAtEnd());
    }

    private Future<Void> open() {
        registrations = List.of(
                bus.subscribe(Addresses.stats(controller), this::measured),
                bus.answer(Addresses.loadHistory(controller), this::history),
                bus.answer(Addresses.recentLoad(controller), this::recent));
        return Future.all(registrations.stream().map(Registration::ready).toList())
                .map(ready -> {
                    ask(watch);
                    renewal.start(WatchStats.RENEW_EVERY, () -> ask(watch));
                    saving.start(SAVE_EVERY, this::saveNow);
                    return null;
                });
    }

    private void measured(StatsSample sample) {
        host = sample.host();
        histories.add(sample, containers.list());
    }

    /** Also of a container that was removed, and while the engine is away. */
    private Future<LoadHistory> history(AskLoadHistory question) {
        return containers.useIfPresent(question.container(), listed -> history(question, listed));
    }

    private Future<LoadHistory> history(AskLoadHistory question, Optional<Container> listed) {
        Optional<ContainerHistory> kept = listed.isPresent()
                ? histories.of(listed.get(), containers.list())
                : histories.find(question.container());
        if (listed.isEmpty() && kept.isEmpty()) {
            return Future.failedFuture(containers.refusal(question.container()));
        }
        HistoryRange range = HistoryRange.of(question, Instant.now(), histories.stepMs());
        var answers = new HistoryAnswers(controller, host, range);
        return Future.succeededFuture(
                kept.isPresent() ? answers.of(kept.get()) : answers.nothingOf(listed.orElseThrow()));
    }

    private Future<RecentLoad> recent(AskRecentLoad question) {
        HistoryRange range = HistoryRange.lastHour(Instant.now(), histories.stepMs());
        return Future.succeededFuture(
                new HistoryAnswers(controller, host, range).recent(histories.all(), containers.list()));
    }

    /** A controller that does not answer is asked again with the next renewal. */
    private void ask(WatchStats request) {
        bus.ask(Addresses.watchStats(controller), request)
                .onFailure(refusal -> log.debug("the load is not measured now: {}", refusal.getMessage()));
    }

    private Future<Void> restore() {
        if (file == null) {
            log.info("the load history is kept in memory only; the setting dataFolder names a folder for it");
            return Future.succeededFuture();
        }
        return vertx.executeBlocking(() -> file.read(histories.stepMs())).map(kept -> {
            histories.restore(kept);
            histories.expire(Instant.now());
            return null;
        });
    }

    private void saveNow() {
        histories.expire(Instant.now());
        save().onFailure(bug -> log.error("the load history was not written", bug));
    }

    private Future<Void> save() {
        return saves == null ? Future.succeededFuture() : saves.save(histories.all());
    }

    private Future<Void> saveAtEnd() {
        return saves == null ? Future.succeededFuture() : saves.saveWithin(LAST_SAVE, histories.all());
    }
}
