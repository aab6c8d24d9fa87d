package io.dockrelay.controller.logs.tail;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.ContainersSnapshot;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.state.ContainerStatus;
import io.dockrelay.protocol.state.Details;

import static io.dockrelay.controller.testing.Waiting.await;
import static io.dockrelay.controller.testing.Waiting.failure;
import static io.dockrelay.controller.testing.Waiting.onContext;
import static org.assertj.core.api.Assertions.assertThat;

/** Beside a watcher whose list is a moment behind the engine, as it is while a container is being replaced. */
class DirectoryKeeperTest {

    private static final String CONTROLLER = "edge-1";
    private static final String OLD = "aaaaaaaaaaaa";
    private static final String NEW = "bbbbbbbbbbbb";

    private final Vertx vertx = Vertx.vertx();
    private final List<Optional<String>> used = new ArrayList<>();

    /** As it is told to who asks for a fresh list. */
    private volatile ContainersSnapshot fresh = list(1, OLD);

    private DirectoryKeeper directory;

    @BeforeEach
    void start() {
        Bus bus = Bus.of(vertx);
        await(bus.answer(
                        Addresses.containers(CONTROLLER),
                        asked -> Future.succeededFuture(asked.fresh() ? fresh : list(1, OLD)))
                .ready());
        directory = new DirectoryKeeper(vertx, bus, CONTROLLER, changed -> {});
        await(onContext(vertx, () -> directory.start()));
    }

    @AfterEach
    void close() {
        await(directory.close());
        await(vertx.close());
    }

    @Test
    void theOneThatTookItsPlaceIsUsedInstead() {
        fresh = list(2, NEW);
        assertThat(await(use(Optional.of(NEW)))).isEqualTo("done");
        assertThat(used).containsExactly(Optional.of(OLD), Optional.of(NEW));
    }

    @Test
    void whenNothingHasTakenItsPlaceThereIsNone() {
        assertThat(await(use(Optional.empty()))).isEqualTo("done");
        assertThat(used).containsExactly(Optional.of(OLD), Optional.empty());
    }

    @Test
    void theOneInItsPlaceMayBeGoneToo() {
        fresh = list(2, NEW);
        assertThat(await(use(Optional.empty()))).isEqualTo("done");
        assertThat(used).containsExactly(Optional.of(OLD), Optional.of(NEW), Optional.empty());
    }

    @Test
    void anyOtherFailureIsFinal() {
        var busy = new Refusal(RefusalKind.ENGINE_UNAVAILABLE, "busy");
        Future<String> outcome = onContext(
                vertx,
                () -> directory.use("web", found -> {
                    used.add(found.map(Container::id));
                    return Future.failedFuture(busy);
                }));
        assertThat(failure(outcome)).isSameAs(busy);
        assertThat(used).hasSize(1);
    }

    /** Succeeds with this one, or with none; every other container has just gone. */
    private Future<String> use(Optional<String> there) {
        return onContext(
                vertx,
                () -> directory.use("web", found -> {
                    used.add(found.map(Container::id));
                    return used.getLast().equals(there)
                            ? Future.succeededFuture("done")
                            : Future.failedFuture(Refusal.noSuchContainer("web"));
                }));
    }

    private static ContainersSnapshot list(long revision, String id) {
        var details = new Details(null, "p", "web", null, null, null, null, null, null);
        var container = new Container(
                "web", "p-web-1", ContainerStatus.RUNNING, "Up", null, id, true, CONTROLLER, null, details, null);
        return new ContainersSnapshot(CONTROLLER, revision, Instant.EPOCH, null, List.of(container));
    }
}
