package io.dockrelay.controller.inventory;

import java.util.Objects;
import java.util.function.Function;

import io.vertx.core.Future;

import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.AskContainers;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.ContainersSnapshot;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.state.Container;

/** Finds the container that is meant, for those who act on one. Stateless; on the context of who asks. */
public final class ContainerLookup {

    private final Bus bus;
    private final String controller;

    public ContainerLookup(Bus bus, String controller) {
        this.bus = bus;
        this.controller = controller;
    }

    /**
     * By the list as it was last seen, and if it is not there by a fresh one.
     *
     * @param asked name, full name or id
     * @return refused when the engine is away, or has no such container
     */
    public Future<Container> find(String asked) {
        return find(asked, false);
    }

    /**
     * Does something with it, and once more when it turns out to have gone and another one to have taken its place,
     * which the list shows a moment later.
     *
     * @param asked name, full name or id
     * @param step fails with {@link RefusalKind#NO_SUCH_CONTAINER} for one that is gone
     */
    public <T> Future<T> use(String asked, Function<Container, Future<T>> step) {
        return find(asked)
                .compose(found -> step.apply(found)
                        .recover(failure -> Refusal.is(RefusalKind.NO_SUCH_CONTAINER, failure)
                                ? useSuccessor(asked, found, step, failure)
                                : Future.failedFuture(failure)));
    }

    private <T> Future<T> useSuccessor(
            String asked, Container gone, Function<Container, Future<T>> step, Throwable failure) {
        return find(asked, true)
                .compose(
                        anew -> Objects.equals(anew.id(), gone.id()) ? Future.failedFuture(failure) : step.apply(anew));
    }

    /** The list. */
    public Future<ContainersSnapshot> list(boolean fresh) {
        return bus.ask(Addresses.containers(controller), new AskContainers(fresh));
    }

    private Future<Container> find(String asked, boolean fresh) {
        return list(fresh).compose(snapshot -> {
            if (!snapshot.engine().available()) {
                String reason = snapshot.engine().message();
                return Future.failedFuture(new Refusal(RefusalKind.ENGINE_UNAVAILABLE, reason));
            }
            return snapshot.containers().stream()
                    .filter(container -> container.answersTo(asked))
                    .findFirst()
                    .map(Future::succeededFuture)
                    .orElseGet(() -> fresh ? Future.failedFuture(Refusal.noSuchContainer(asked)) : find(asked, true));
        });
    }
}
