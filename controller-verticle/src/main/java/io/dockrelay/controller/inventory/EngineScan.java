package io.dockrelay.controller.inventory;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

import io.vertx.core.Future;

import io.dockrelay.controller.engine.ComposeLabels;
import io.dockrelay.docker.DockerEngine;
import io.dockrelay.docker.DockerEngineException;
import io.dockrelay.docker.DockerEngineException.Kind;
import io.dockrelay.protocol.state.ContainerStatus;

/**
 * One scan of the engine: its list, and an inspection of each container for which the list does not say enough. Containers that
 * an event hints at are inspected while the list is requested. The engine reports an end about ten milliseconds before its
 * list shows it (observed with Docker 20.10), and answers an inspection only when the end is complete: a list that an
 * inspection contradicts is requested once more. One object per scan, on the watcher's context.
 */
final class EngineScan {

    private static final int INSPECTIONS_AT_A_TIME = 8;

    private final DockerEngine engine;
    private final ScanScope scope;
    private final Duration deadline;

    /** By the nanosecond clock: no inspection of this scan starts later. */
    private long inspectUntil;

    private final Deque<String> toInspect = new ArrayDeque<>();
    private final Map<String, Inspection> inspected = new HashMap<>();
    private final Set<String> failed = new HashSet<>();
    private final Map<String, ObservedContainer> found = new HashMap<>();

    EngineScan(DockerEngine engine, ScanScope scope, Duration deadline) {
        this.engine = engine;
        this.scope = scope;
        this.deadline = deadline;
    }

    /**
     * @param known what the previous scan found, by id
     * @param touched containers that an event hints at
     * @param elapsed since the previous scan
     */
    Future<List<ObservedContainer>> run(Map<String, ObservedContainer> known, Set<String> touched, Duration elapsed) {
        inspectUntil = System.nanoTime() + deadline.toNanos();
        touched.stream().filter(known::containsKey).forEach(toInspect::add);
        Future<List<ObservedContainer>> listing = list();
        return Future.all(listing, inspectAll())
                .compose(done -> listing.result().stream().anyMatch(this::contradicted) ? list() : listing)
                .compose(listed -> inspect(listed, known, touched, elapsed))
                .timeout(3 * deadline.toMillis(), TimeUnit.MILLISECONDS)
                .recover(failure -> Future.failedFuture(failure instanceof TimeoutException ? late() : failure));
    }

    private DockerEngineException late() {
        return new DockerEngineException(
                Kind.TIMEOUT,
                "The engine at " + engine.endpoint() + " did not describe its containers within "
                        + deadline.multipliedBy(3).toSeconds() + " s");
    }

    /** Containers whose inspection failed, or for which there was no time; for the next scan. */
    Set<String> leftOver() {
        Set<String> left = new HashSet<>(toInspect);
        left.addAll(failed);
        return left;
    }

    /** The engine's list; the facts are still empty. */
    private Future<List<ObservedContainer>> list() {
        Map<String, List<String>> filters = scope.project()
                .map(name -> Map.of("label", List.of(ComposeLabels.PROJECT + "=" + name)))
                .orElse(Map.of());
        return engine.containers(filters, deadline)
                .map(containers -> containers.stream()
                        .map(container -> EngineModels.seen(container, scope))
                        .toList());
    }

    private boolean contradicted(ObservedContainer listed) {
        Inspection inspection = inspected.get(listed.id());
        return inspection != null
                && inspection.status() != ContainerStatus.UNKNOWN
                && inspection.status() != listed.status();
    }

    private Future<List<ObservedContainer>> inspect(
            List<ObservedContainer> listed,
            Map<String, ObservedContainer> known,
            Set<String> touched,
            Duration elapsed) {
        toInspect.clear();
        failed.clear();
        for (ObservedContainer seen : listed) {
            ObservedContainer before = known.get(seen.id());
            found.put(seen.id(), before == null ? seen : seen.withFacts(before.facts()));
            if (contradicted(seen)) {
                inspected.remove(seen.id());
            }
            boolean wanted = touched.contains(seen.id()) || needsInspection(before, seen, elapsed);
            if (wanted && !inspected.containsKey(seen.id())) {
                toInspect.add(seen.id());
            }
        }
        return inspectAll().map(done -> {
            inspected.forEach((id, inspection) ->
                    found.computeIfPresent(id, (key, seen) -> seen.withFacts(Optional.of(inspection.facts()))));
            return new ArrayList<>(found.values());
        });
    }

    private Future<?> inspectAll() {
        return Future.join(IntStream.range(0, INSPECTIONS_AT_A_TIME)
                .mapToObj(worker -> inspectNext())
                .toList());
    }

    private static boolean needsInspection(ObservedContainer before, ObservedContainer now, Duration elapsed) {
        return before == null
                || before.facts().isEmpty()
                || before.status() != now.status()
                || !Objects.equals(before.text().exitCode(), now.text().exitCode())
                || now.text().startedSince(before.text(), elapsed);
    }

    private Future<Void> inspectNext() {
        String id = System.nanoTime() - inspectUntil > 0 ? null : toInspect.poll();
        if (id == null) {
            return Future.succeededFuture();
        }
        return engine.inspect(id, deadline)
                .map(EngineModels::inspection)
                .map(inspection -> {
                    inspected.put(id, inspection);
                    return (Void) null;
                })
                .recover(failure -> notInspected(id, failure))
                .compose(done -> inspectNext());
    }

    /** A container that was removed after the list was made is left out. After other failures the next scan tries again. */
    private Future<Void> notInspected(String id, Throwable failure) {
        if (failure instanceof DockerEngineException refused) {
            if (refused.kind() == DockerEngineException.Kind.NOT_FOUND) {
                found.remove(id);
                return Future.succeededFuture();
            }
            if (refused.kind() != DockerEngineException.Kind.UNREACHABLE) {
                failed.add(id);
                return Future.succeededFuture();
            }
        }
        return Future.failedFuture(failure);
    }
}
