package io.dockrelay.protocol.bus;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

import io.vertx.core.Future;

import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.state.ContainerList;

/**
 * Finds the container that a request means, and uses it even if another one takes its place meanwhile. Stateless; on the
 * caller's context.
 */
public final class ContainerLookup {

    /** Where lists come from. */
    @FunctionalInterface
    public interface Source {

        /** @param fresh whether the engine is asked now, instead of the last list being enough */
        Future<ContainerList> list(boolean fresh);
    }

    private final Source source;

    public ContainerLookup(Source source) {
        this.source = source;
    }

    /** Looks at a controller's list over the bus. Every lookup is refused while the controller's engine is away. */
    public static ContainerLookup of(Bus bus, String controller) {
        return new ContainerLookup(fresh -> bus.ask(Addresses.containers(controller), new AskContainers(fresh))
                .compose(ContainerLookup::ofAvailableEngine));
    }

    /**
     * The container with this name, full name or id; by a fresh list where the last one does not have it, because it may be
     * very new.
     *
     * @return refused where there is none
     */
    public Future<Container> find(String nameOrId) {
        return findAnywhere(nameOrId).compose(found -> orRefuse(nameOrId, found));
    }

    /**
     * Runs a step with the container that is meant.
     *
     * @param step see {@link #useIfPresent}
     * @return the step's result; refused where there is no such container
     */
    public <T> Future<T> use(String nameOrId, Function<Container, Future<T>> step) {
        return useIfPresent(nameOrId, found -> orRefuse(nameOrId, found).compose(step));
    }

    /**
     * Runs a step with the container that is meant, or with none. If the container turns out to be gone, the step runs again
     * with its successor, which a fresh list has; if that is gone as well or there is no successor, with none.
     *
     * @param step fails with {@link RefusalKind#NO_SUCH_CONTAINER} for a container that is gone
     */
    public <T> Future<T> useIfPresent(String nameOrId, Function<Optional<Container>, Future<T>> step) {
        return findAnywhere(nameOrId)
                .compose(found -> step.apply(found)
                        .recover(failure -> isGone(failure) && found.isPresent()
                                ? useSuccessor(nameOrId, found.get(), step)
                                : Future.failedFuture(failure)));
    }

    private <T> Future<T> useSuccessor(String nameOrId, Container gone, Function<Optional<Container>, Future<T>> step) {
        return find(nameOrId, true)
                .map(found -> found.filter(it -> !Objects.equals(it.id(), gone.id())))
                .compose(step)
                .recover(failure -> isGone(failure) ? step.apply(Optional.empty()) : Future.failedFuture(failure));
    }

    private Future<Optional<Container>> findAnywhere(String nameOrId) {
        return find(nameOrId, false)
                .compose(found -> found.isPresent() ? Future.succeededFuture(found) : find(nameOrId, true));
    }

    private Future<Optional<Container>> find(String nameOrId, boolean fresh) {
        return source.list(fresh).map(list -> list.find(nameOrId));
    }

    private static Future<ContainerList> ofAvailableEngine(ContainersSnapshot snapshot) {
        EngineStatus engine = snapshot.engine();
        return engine.available()
                ? Future.succeededFuture(snapshot.list())
                : Future.failedFuture(new Refusal(RefusalKind.ENGINE_UNAVAILABLE, engine.message()));
    }

    private static Future<Container> orRefuse(String nameOrId, Optional<Container> found) {
        return found.map(Future::succeededFuture)
                .orElseGet(() -> Future.failedFuture(Refusal.noSuchContainer(nameOrId)));
    }

    private static boolean isGone(Throwable failure) {
        return Refusal.is(RefusalKind.NO_SUCH_CONTAINER, failure);
    }
}
