package io.dockrelay.controller.inventory;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.docker.DockerEngine;
import io.dockrelay.docker.DockerHosts;
import io.dockrelay.docker.HttpDockerEngine;
import io.dockrelay.protocol.state.ContainerStatus;

import static io.dockrelay.controller.testing.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

/** Scans of a scripted engine with many containers and slow inspections. */
class EngineScanTest {

    private static final Logger LOG = LoggerFactory.getLogger(EngineScanTest.class);
    private static final int CONTAINERS = 60;
    private static final long INSPECTION_MILLIS = 200;

    private final Vertx vertx = Vertx.vertx();
    private DockerEngine engine;

    /** The container that ends: an event has reported it, and the list shows it after an inspection has waited for the end. */
    private volatile String ending;

    private volatile boolean ended;

    @BeforeEach
    void listen() {
        HttpServer server =
                await(vertx.createHttpServer().requestHandler(this::answer).listen(0, "127.0.0.1"));
        engine = new HttpDockerEngine(
                vertx, DockerHosts.discover(Map.of("DOCKER_HOST", "tcp://127.0.0.1:" + server.actualPort())));
        await(engine.call(docker -> docker.listContainersCmd().exec()));
    }

    @AfterEach
    void close() {
        await(vertx.close());
    }

    @Test
    void containersAreListedEvenIfThereIsNoTimeToInspectThem() {
        EngineScan first = look();
        List<ObservedContainer> seen = await(first.run(Map.of(), Set.of(), Duration.ZERO));

        assertThat(seen).hasSize(CONTAINERS);
        assertThat(seen).anyMatch(container -> container.facts().isPresent());
        assertThat(seen)
                .filteredOn(container -> container.facts().isEmpty())
                .extracting(ObservedContainer::id)
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(first.leftOver());

        int looks = 1;
        for (Set<String> left = first.leftOver(); !left.isEmpty() && looks < CONTAINERS; looks++) {
            EngineScan next = look();
            seen = await(next.run(byId(seen), left, Duration.ZERO));
            left = next.leftOver();
        }
        assertThat(seen)
                .hasSize(CONTAINERS)
                .allMatch(container -> container.facts().isPresent());
    }

    @Test
    void listThatAnInspectionContradictsIsRequestedAgain() {
        List<ObservedContainer> before = await(look().run(Map.of(), Set.of(), Duration.ZERO));
        ObservedContainer hinted = before.stream()
                .filter(container -> container.facts().isPresent())
                .findFirst()
                .orElseThrow();
        ending = hinted.id();

        List<ObservedContainer> after = await(look().run(byId(before), Set.of(hinted.id()), Duration.ZERO));

        assertThat(byId(after).get(hinted.id())).satisfies(seen -> {
            assertThat(seen.status()).isEqualTo(ContainerStatus.EXITED);
            assertThat(seen.known().exitCode()).isEqualTo(9);
        });
    }

    private EngineScan look() {
        return new EngineScan(
                engine,
                new ScanScope(Optional.empty(), new OwnContainers(Set.of()), RightsLabels.OWN),
                Duration.ofSeconds(1));
    }

    private static Map<String, ObservedContainer> byId(List<ObservedContainer> seen) {
        return seen.stream().collect(Collectors.toMap(ObservedContainer::id, Function.identity()));
    }

    private void answer(HttpServerRequest request) {
        String path = request.path().replaceFirst("^/v[0-9.]+/", "/");
        switch (path) {
            case "/version" -> reply(request, "{\"Version\":\"scripted\",\"ApiVersion\":\"1.41\"}");
            case "/containers/json" -> reply(request, list());
            default ->
                vertx.timer(INSPECTION_MILLIS)
                        .onSuccess(later -> reply(request, inspection(path.contains(String.valueOf(ending)))))
                        .onFailure(closed -> LOG.debug("The test is over"));
        }
    }

    private String inspection(boolean ofTheEnding) {
        ended |= ofTheEnding;
        return "{\"State\":{\"Status\":\"" + (ofTheEnding ? "exited" : "running")
                + "\",\"StartedAt\":\"2025-11-25T20:00:01.5Z\",\"ExitCode\":" + (ofTheEnding ? 9 : 0) + "}}";
    }

    private String list() {
        return IntStream.range(0, CONTAINERS).mapToObj(this::listed).collect(Collectors.joining(",", "[", "]"));
    }

    private String listed(int number) {
        String id = "%012x".formatted(number);
        String state = ended && id.equals(ending) ? "exited" : "running";
        return "{\"Id\":\"%s%052d\",\"Names\":[\"/c%d\"],\"State\":\"%s\",\"Status\":\"Up\"}"
                .formatted(id, 0, number, state);
    }

    private static void reply(HttpServerRequest request, String body) {
        request.response()
                .putHeader("content-type", "application/json")
                .end(body)
                .onFailure(gone -> LOG.debug("The client went: {}", gone.toString()));
    }
}
