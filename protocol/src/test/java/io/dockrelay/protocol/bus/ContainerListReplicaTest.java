package io.dockrelay.protocol.bus;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import java.util.function.Supplier;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.ChangeReason;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.state.ContainerList;
import io.dockrelay.protocol.state.ContainerStatus;
import io.dockrelay.protocol.state.Details;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

/** With a controller whose last list is slightly older than the engine's state, as while a container is replaced. */
class ContainerListReplicaTest {

    private static final String CONTROLLER = "edge-1";
    private static final String OLD = "aaaaaaaaaaaa";
    private static final String NEW = "bbbbbbbbbbbb";

    private final Vertx vertx = Vertx.vertx();
    private final Bus bus = Bus.of(vertx);
    private final List<Optional<String>> used = new CopyOnWriteArrayList<>();
    private final LinkedBlockingQueue<ContainerList> lists = new LinkedBlockingQueue<>();

    private volatile ContainersSnapshot last = snapshot(1, OLD);

    /** The answer to a question for a fresh list. */
    private volatile ContainersSnapshot fresh = snapshot(1, OLD);

    private ContainerListReplica replica;

    @BeforeEach
    void start() throws Exception {
        await(bus.answer(
                        Addresses.containers(CONTROLLER), asked -> Future.succeededFuture(asked.fresh() ? fresh : last))
                .ready());
        replica = await(onContext(() -> {
            var started = new ContainerListReplica(vertx, bus, CONTROLLER, lists::add);
            return started.start().map(started);
        }));
        assertThat(lists.poll(10, SECONDS)).isEqualTo(last.list());
    }

    @AfterEach
    void close() throws Exception {
        await(replica.close());
        await(vertx.close());
    }

    @Test
    void successorIsUsedInPlaceOfAContainerThatIsGone() throws Exception {
        fresh = snapshot(2, NEW);
        assertThat(await(useIfPresent(Optional.of(NEW)))).isEqualTo("done");
        assertThat(used).containsExactly(Optional.of(OLD), Optional.of(NEW));
    }

    @Test
    void withoutASuccessorTheStepRunsWithNone() throws Exception {
        assertThat(await(useIfPresent(Optional.empty()))).isEqualTo("done");
        assertThat(used).containsExactly(Optional.of(OLD), Optional.empty());
    }

    @Test
    void successorMayBeGoneToo() throws Exception {
        fresh = snapshot(2, NEW);
        assertThat(await(useIfPresent(Optional.empty()))).isEqualTo("done");
        assertThat(used).containsExactly(Optional.of(OLD), Optional.of(NEW), Optional.empty());
    }

    @Test
    void anyOtherFailureIsFinal() throws Exception {
        var busy = new Refusal(RefusalKind.ENGINE_UNAVAILABLE, "busy");
        Future<String> outcome = onContext(() -> replica.useIfPresent("web", found -> {
            used.add(found.map(Container::id));
            return Future.failedFuture(busy);
        }));
        assertThat(failure(outcome)).isSameAs(busy);
        assertThat(used).hasSize(1);
    }

    @Test
    void lookupWithoutAReplicaFindsTheSuccessorToo() throws Exception {
        fresh = snapshot(2, NEW);
        assertThat(await(lookUp())).isEqualTo(NEW);
        assertThat(used).containsExactly(Optional.of(OLD), Optional.of(NEW));
    }

    @Test
    void lookupTriesAContainerWithoutASuccessorOnce() throws Exception {
        assertThat(failure(lookUp()))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(RefusalKind.NO_SUCH_CONTAINER));
        assertThat(used).containsExactly(Optional.of(OLD));
    }

    @Test
    void lookupIsRefusedWhileTheEngineIsAway() throws Exception {
        var away = new EngineStatus(CONTROLLER, false, Instant.EPOCH, "connection refused");
        last = new ContainersSnapshot(CONTROLLER, 1, Instant.EPOCH, away, last.containers());
        assertThat(failure(lookUp())).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.kind()).isEqualTo(RefusalKind.ENGINE_UNAVAILABLE);
            assertThat(refusal.getMessage()).isEqualTo("connection refused");
        });
    }

    @Test
    void changesOfOtherControllersAreIgnored() throws Exception {
        publish("edge-2", 2, Change.removed(container(OLD), Instant.EPOCH));
        publish(CONTROLLER, 2, recreated());
        assertThat(lists.poll(10, SECONDS)).isEqualTo(snapshot(2, NEW).list());
    }

    @Test
    void missedChangesAreReplacedByTheWholeList() throws Exception {
        last = snapshot(7, NEW);
        publish(CONTROLLER, 7, recreated());
        assertThat(lists.poll(10, SECONDS)).isEqualTo(last.list());
    }

    @Test
    void listIsRequestedUntilItHasNoHole() throws Exception {
        publish(CONTROLLER, 7, recreated());
        last = snapshot(7, NEW);
        assertThat(lists.poll(10, SECONDS)).isEqualTo(last.list());
    }

    /** Succeeds with this container, or with none; every other container has just gone. */
    private Future<String> useIfPresent(Optional<String> present) {
        return onContext(() -> replica.useIfPresent("web", step(present)));
    }

    private Function<Optional<Container>, Future<String>> step(Optional<String> present) {
        return found -> {
            used.add(found.map(Container::id));
            return found.map(Container::id).equals(present)
                    ? Future.succeededFuture("done")
                    : Future.failedFuture(Refusal.noSuchContainer("web"));
        };
    }

    /** Succeeds with the new container; the old one has just gone. */
    private Future<String> lookUp() {
        return onContext(() -> ContainerLookup.of(bus, CONTROLLER).use("web", found -> {
            used.add(Optional.of(found.id()));
            return found.id().equals(NEW)
                    ? Future.succeededFuture(NEW)
                    : Future.failedFuture(Refusal.noSuchContainer("web"));
        }));
    }

    private void publish(String controller, long revision, Change... changes) {
        bus.publish(
                Addresses.CONTAINERS_CHANGED,
                new ContainersChanged(controller, revision, Instant.EPOCH, List.of(changes)));
    }

    private static Change recreated() {
        return Change.of(container(OLD), container(NEW), ChangeReason.RECREATED, null, Instant.EPOCH);
    }

    private static ContainersSnapshot snapshot(long revision, String id) {
        var engine = new EngineStatus(CONTROLLER, true, Instant.EPOCH, null);
        return new ContainersSnapshot(CONTROLLER, revision, Instant.EPOCH, engine, List.of(container(id)));
    }

    private static Container container(String id) {
        var details = Details.ofService(null, "p", "web");
        return new Container(
                "web", "p-web-1", ContainerStatus.RUNNING, "Up", null, id, true, CONTROLLER, null, details, null);
    }

    /** Runs on a context of its own, so that no outcome is missed. */
    private <T> Future<T> onContext(Supplier<Future<T>> step) {
        Promise<T> promise = Promise.promise();
        vertx.getOrCreateContext().runOnContext(now -> step.get().onComplete(promise));
        return promise.future();
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, SECONDS);
    }

    private static Throwable failure(Future<?> future) throws Exception {
        try {
            return new AssertionError("it succeeded with " + await(future));
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }
}
