package io.dockrelay.controller.inventory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.ContainersSnapshot;
import io.dockrelay.protocol.bus.EngineStatus;
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
class ContainerLookupTest {

    private static final String CONTROLLER = "edge-1";
    private static final String OLD = "aaaaaaaaaaaa";
    private static final String NEW = "bbbbbbbbbbbb";

    private final Vertx vertx = Vertx.vertx();
    private final List<String> used = new ArrayList<>();

    /** The container of the list as it is told to who wants a fresh one. */
    private volatile String fresh = OLD;

    private ContainerLookup containers;

    @BeforeEach
    void start() {
        Bus bus = Bus.of(vertx);
        await(bus.answer(
                        Addresses.containers(CONTROLLER),
                        asked -> Future.succeededFuture(list(asked.fresh() ? fresh : OLD)))
                .ready());
        containers = new ContainerLookup(bus, CONTROLLER);
    }

    @AfterEach
    void close() {
        await(vertx.close());
    }

    @Test
    void theOneThatTookItsPlaceIsUsedInstead() {
        fresh = NEW;
        assertThat(await(use())).isEqualTo(NEW);
        assertThat(used).containsExactly(OLD, NEW);
    }

    @Test
    void whatIsGoneWithoutASuccessorIsTriedOnceOnly() {
        assertThat(failure(use()))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(RefusalKind.NO_SUCH_CONTAINER));
        assertThat(used).containsExactly(OLD);
    }

    /** Succeeds with the new one; the old one has just gone. */
    private Future<String> use() {
        return onContext(
                vertx,
                () -> containers.use("web", found -> {
                    used.add(found.id());
                    return found.id().equals(NEW)
                            ? Future.succeededFuture(NEW)
                            : Future.failedFuture(Refusal.noSuchContainer("web"));
                }));
    }

    private static ContainersSnapshot list(String id) {
        var details = new Details(null, "p", "web", null, null, null, null, null, null);
        var container = new Container(
                "web", "p-web-1", ContainerStatus.RUNNING, "Up", null, id, true, CONTROLLER, null, details, null);
        var engine = new EngineStatus(CONTROLLER, true, Instant.EPOCH, null);
        return new ContainersSnapshot(CONTROLLER, 1, Instant.EPOCH, engine, List.of(container));
    }
}
