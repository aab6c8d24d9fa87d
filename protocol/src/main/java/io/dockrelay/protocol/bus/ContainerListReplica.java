package io.dockrelay.protocol.bus;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.state.ContainerList;
import io.dockrelay.protocol.timers.RetryTimer;

/**
 * A copy of one controller's list, kept up to date from the bus: a snapshot and the changes after it. A hole in the revisions
 * is filled by another snapshot. Owned by one verticle, on its context, from {@link #start} to {@link #close}; the lists that
 * it hands out are immutable.
 */
public final class ContainerListReplica {

    private static final Logger log = LoggerFactory.getLogger(ContainerListReplica.class);
    private static final Duration FIRST_LIST = Duration.ofSeconds(5);

    private final Bus bus;
    private final String controller;
    private final Listener listener;
    private final RetryTimer retry;
    private final ContainerLookup lookup = new ContainerLookup(this::list);
    private final RevisedContainerList replica = new RevisedContainerList();
    private final Promise<Void> known = Promise.promise();

    /** Of the last snapshot; null before the first. */
    private EngineStatus engine;

    private Registration registration;
    private boolean asking;
    private boolean closed;

    /** What uses the list. Everything is called on the owner's context. */
    public interface Listener {

        /** The first list has arrived; it may be empty. */
        void known(ContainerList list);

        /**
         * The list has changed since then.
         *
         * @param changes what led from the list before to this one; not empty
         */
        void changed(ContainerList list, List<Change> changes);
    }

    /** @param onChange called on the owner's context after every change, and with a first list that is not empty */
    public ContainerListReplica(Vertx vertx, Bus bus, String controller, Consumer<ContainerList> onChange) {
        this(vertx, bus, controller, new Listener() {
            @Override
            public void known(ContainerList list) {
                if (!list.equals(ContainerList.EMPTY)) {
                    onChange.accept(list);
                }
            }

            @Override
            public void changed(ContainerList list, List<Change> changes) {
                onChange.accept(list);
            }
        });
    }

    public ContainerListReplica(Vertx vertx, Bus bus, String controller, Listener listener) {
        this.bus = bus;
        this.controller = controller;
        this.listener = listener;
        this.retry = new RetryTimer(vertx);
    }

    /** Completes when no change can be missed any more. The first list arrives as soon as the controller answers. */
    public Future<Void> start() {
        registration = bus.subscribe(Addresses.CONTAINERS_CHANGED, this::changed);
        return registration.ready().onSuccess(ready -> heal());
    }

    public Future<Void> close() {
        closed = true;
        retry.cancel();
        return registration.close();
    }

    /** The list as it is known now; empty before the first has arrived. */
    public ContainerList list() {
        return replica.list();
    }

    /**
     * Why a container is not in the list: there is none, or its engine cannot say. Meant for a name that {@link #use} did
     * not find, so that the list is fresh.
     */
    public Refusal refusal(String nameOrId) {
        return engine == null || engine.available()
                ? Refusal.noSuchContainer(nameOrId)
                : new Refusal(RefusalKind.ENGINE_UNAVAILABLE, engine.message());
    }

    /** Completes with the first list; refused when it does not arrive within five seconds. */
    public Future<Void> whenKnown() {
        return known.future()
                .timeout(FIRST_LIST.toMillis(), TimeUnit.MILLISECONDS)
                .recover(late -> {
                    String message = "the containers of " + controller + " are not known yet";
                    return Future.failedFuture(new Refusal(RefusalKind.ENGINE_UNAVAILABLE, message));
                });
    }

    /** See {@link ContainerLookup#use}. A list that cannot be refreshed is used as it is. */
    public <T> Future<T> use(String nameOrId, Function<Container, Future<T>> step) {
        return lookup.use(nameOrId, step);
    }

    /** See {@link ContainerLookup#useIfPresent}. A list that cannot be refreshed is used as it is. */
    public <T> Future<T> useIfPresent(String nameOrId, Function<Optional<Container>, Future<T>> step) {
        return lookup.useIfPresent(nameOrId, step);
    }

    /** Changes may have been missed, as after the controller was away or has started again: another snapshot is requested. */
    public void refresh() {
        replica.invalidate();
        heal();
    }

    /** Requests the controller's whole list, and replaces this copy by it. */
    public Future<ContainersSnapshot> ask(boolean fresh) {
        return bus.ask(Addresses.containers(controller), new AskContainers(fresh))
                .onSuccess(this::received);
    }

    private Future<ContainerList> list(boolean fresh) {
        return whenKnown().compose(ready -> fresh ? refreshed() : Future.succeededFuture(list()));
    }

    private Future<ContainerList> refreshed() {
        return ask(true).map(snapshot -> list()).otherwise(failure -> {
            log.debug("no fresh list of {}", controller, failure);
            return list();
        });
    }

    private void changed(ContainersChanged message) {
        if (!message.controller().equals(controller)) {
            return;
        }
        ContainerList before = list();
        changedFrom(before, replica.apply(message));
        heal();
    }

    private void received(ContainersSnapshot snapshot) {
        ContainerList before = list();
        List<Change> changes = replica.reset(snapshot);
        engine = snapshot.engine();
        if (known.tryComplete() && !closed) {
            listener.known(list());
        } else {
            changedFrom(before, changes);
        }
    }

    private void changedFrom(ContainerList before, List<Change> changes) {
        if (!closed && !list().equals(before)) {
            listener.changed(list(), changes);
        }
    }

    /** Asks one question at a time. After a failure, and if the answer leaves a hole, the next one waits. */
    private void heal() {
        if (!replica.hasHole() || asking || closed) {
            return;
        }
        retry.cancel();
        asking = true;
        ask(false).onComplete(snapshot -> asked(), failure -> {
            log.debug("no list of {} yet", controller, failure);
            asked();
        });
    }

    private void asked() {
        asking = false;
        if (replica.hasHole() && !closed) {
            retry.later(this::heal);
        }
    }
}
