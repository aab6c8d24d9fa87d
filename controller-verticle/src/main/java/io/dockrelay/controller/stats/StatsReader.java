package io.dockrelay.controller.stats;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BiFunction;

import io.vertx.core.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.docker.DockerEngine;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.stats.ContainerStats;
import io.dockrelay.protocol.stats.HostStats;

/**
 * Reads the engine's counters of many containers in parallel: engines before 23 answer only at the next second of their
 * collector, so sequential requests would take too long. On the caller's context.
 */
final class StatsReader {

    private static final Logger log = LoggerFactory.getLogger(StatsReader.class);

    /** Parallel requests to the engine. */
    private static final int PARALLEL = 128;

    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private final DockerEngine engine;

    StatsReader(DockerEngine engine) {
        this.engine = engine;
    }

    /** The size of the machine; its values are null when the engine does not report them. */
    Future<HostStats> host(String controller) {
        return engine.call(DEADLINE, docker -> docker.infoCmd().exec())
                .map(machine -> new HostStats(controller, machine.getNCPU(), machine.getMemTotal()))
                .recover(failure -> {
                    log.debug("the engine does not report the size of its machine", failure);
                    return Future.succeededFuture(new HostStats(controller, null, null));
                });
    }

    /**
     * Reads each container once.
     *
     * @param each maps a reading (null when the engine gave none) to stats, or to null to omit the container
     */
    Future<List<ContainerStats>> read(
            List<Container> containers, BiFunction<Container, StatsReading, ContainerStats> each) {
        Deque<Container> left = new ArrayDeque<>(containers);
        List<ContainerStats> results = new ArrayList<>();
        List<Future<Void>> workers = new ArrayList<>();
        for (int worker = 0; worker < Math.min(PARALLEL, containers.size()); worker++) {
            workers.add(readNext(left, each, results));
        }
        return workers.isEmpty()
                ? Future.succeededFuture(results)
                : Future.join(workers).map(all -> results);
    }

    private Future<Void> readNext(
            Deque<Container> left,
            BiFunction<Container, StatsReading, ContainerStats> each,
            List<ContainerStats> results) {
        Container container = left.poll();
        if (container == null) {
            return Future.succeededFuture();
        }
        return read(container).compose(reading -> {
            ContainerStats stats = each.apply(container, reading);
            if (stats != null) {
                results.add(stats);
            }
            return readNext(left, each, results);
        });
    }

    /** Succeeds with null for a container that has just been removed, or an engine that is down. */
    private Future<StatsReading> read(Container container) {
        return engine.statsNow(container.id(), DEADLINE).map(StatsReading::of).recover(failure -> {
            log.debug("no stats of {}: {}", container.name(), failure.getMessage());
            return Future.succeededFuture();
        });
    }
}
