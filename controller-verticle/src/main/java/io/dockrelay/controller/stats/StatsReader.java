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
 * Reads the engine's counters, many containers at a time: engines before 23 answer only at their collector's next
 * second, so one after the other would take for ever. On the context of who asks.
 */
final class StatsReader {

    private static final Logger log = LoggerFactory.getLogger(StatsReader.class);

    /** Connections to the engine at a time. */
    private static final int AT_ONCE = 128;

    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private final DockerEngine engine;

    StatsReader(DockerEngine engine) {
        this.engine = engine;
    }

    /** How large the machine is; nulls when the engine does not say. */
    Future<HostStats> host(String controller) {
        return engine.call(DEADLINE, docker -> docker.infoCmd().exec())
                .map(machine -> new HostStats(controller, machine.getNCPU(), machine.getMemTotal()))
                .recover(failure -> {
                    log.debug("the engine does not say how large it is", failure);
                    return Future.succeededFuture(new HostStats(controller, null, null));
                });
    }

    /**
     * Reads each container once.
     *
     * @param each makes of a reading, or of null where there is none, what there is to tell; null for nothing
     */
    Future<List<ContainerStats>> read(
            List<Container> containers, BiFunction<Container, StatsReading, ContainerStats> each) {
        Deque<Container> left = new ArrayDeque<>(containers);
        List<ContainerStats> told = new ArrayList<>();
        List<Future<Void>> lines = new ArrayList<>();
        for (int line = 0; line < Math.min(AT_ONCE, containers.size()); line++) {
            lines.add(readOn(left, each, told));
        }
        return lines.isEmpty()
                ? Future.succeededFuture(told)
                : Future.join(lines).map(all -> told);
    }

    private Future<Void> readOn(
            Deque<Container> left,
            BiFunction<Container, StatsReading, ContainerStats> each,
            List<ContainerStats> told) {
        Container container = left.poll();
        if (container == null) {
            return Future.succeededFuture();
        }
        return read(container).compose(reading -> {
            ContainerStats stats = each.apply(container, reading);
            if (stats != null) {
                told.add(stats);
            }
            return readOn(left, each, told);
        });
    }

    /** A container that has just gone, or an engine that is away, is a gap and no more. */
    private Future<StatsReading> read(Container container) {
        return engine.statsNow(container.id(), DEADLINE).map(StatsReading::of).recover(failure -> {
            log.debug("no load of {}: {}", container.name(), failure.getMessage());
            return Future.succeededFuture();
        });
    }
}
