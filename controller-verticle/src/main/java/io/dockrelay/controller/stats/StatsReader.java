package io.dockrelay.controller.stats;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BiFunction;

import com.github.dockerjava.api.model.Statistics;
import io.vertx.core.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.docker.DockerEngine;
import io.dockrelay.docker.DockerEngineException;
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
     * What a round has measured.
     *
     * @param refusal the engine's sentence if it refused every container; otherwise null
     */
    record Round(List<ContainerStats> items, String refusal) {}

    /** The answers of a round so far. */
    private static final class Answers {

        private final Deque<Container> left;
        private final List<ContainerStats> items = new ArrayList<>();
        private boolean answered;

        /** Null until one was refused. */
        private String refusal;

        Answers(List<Container> containers) {
            left = new ArrayDeque<>(containers);
        }

        Round round() {
            return new Round(items, answered ? null : refusal);
        }
    }

    /**
     * Reads each container once.
     *
     * @param each maps a reading (null when the engine gave none) to stats, or to null to omit the container
     */
    Future<Round> read(List<Container> containers, BiFunction<Container, StatsReading, ContainerStats> each) {
        var answers = new Answers(containers);
        List<Future<Void>> workers = new ArrayList<>();
        for (int worker = 0; worker < Math.min(PARALLEL, containers.size()); worker++) {
            workers.add(readNext(answers, each));
        }
        return Future.join(workers).map(all -> answers.round());
    }

    private Future<Void> readNext(Answers answers, BiFunction<Container, StatsReading, ContainerStats> each) {
        Container container = answers.left.poll();
        if (container == null) {
            return Future.succeededFuture();
        }
        return read(container, answers).compose(reading -> {
            ContainerStats stats = each.apply(container, reading);
            if (stats != null) {
                answers.items.add(stats);
            }
            return readNext(answers, each);
        });
    }

    /** Succeeds with null for a container that has just been removed, or an engine that is down. */
    private Future<StatsReading> read(Container container, Answers answers) {
        Future<Statistics> answer = engine.statsNow(container.id(), DEADLINE);
        return answer.onSuccess(stats -> answers.answered = true)
                .map(StatsReading::of)
                .recover(failure -> {
                    log.debug("no stats of {}: {}", container.name(), failure.getMessage());
                    if (failure instanceof DockerEngineException engineSays && engineSays.isRefusal()) {
                        answers.refusal = engineSays.getMessage();
                    }
                    return Future.succeededFuture();
                });
    }
}
