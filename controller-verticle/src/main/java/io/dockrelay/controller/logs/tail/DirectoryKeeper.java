package io.dockrelay.controller.logs.tail;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Function;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.backoff.Backoff;
import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.AskContainers;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.ContainersChanged;
import io.dockrelay.protocol.bus.ContainersSnapshot;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.bus.Registration;
import io.dockrelay.protocol.state.Container;

/**
 * Keeps a {@link ContainerDirectory} up to date from the bus, and heals holes in the revisions by asking for the whole
 * list. Belongs to the {@link TailSupervisor}, on its context.
 */
final class DirectoryKeeper {

    private static final Logger log = LoggerFactory.getLogger(DirectoryKeeper.class);
    private static final Duration FIRST_LIST = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final Bus bus;
    private final String controller;
    private final Consumer<ContainerDirectory> changed;
    private final Backoff backoff = new Backoff();
    private final Promise<Void> known = Promise.promise();

    private ContainerDirectory directory = ContainerDirectory.UNKNOWN;
    private Registration registration;
    private boolean asking;
    private boolean over;
    private long timer = -1;

    /** @param changed called on this context after every change */
    DirectoryKeeper(Vertx vertx, Bus bus, String controller, Consumer<ContainerDirectory> changed) {
        this.vertx = vertx;
        this.bus = bus;
        this.controller = controller;
        this.changed = changed;
    }

    /** Begins to listen; the first list comes when there is somebody who answers. */
    Future<Void> start() {
        registration = bus.subscribe(Addresses.CONTAINERS_CHANGED, this::heard);
        return registration.ready().onSuccess(ready -> heal());
    }

    Future<Void> close() {
        over = true;
        if (timer >= 0) {
            boolean unused = vertx.cancelTimer(timer);
        }
        return registration.close();
    }

    ContainerDirectory now() {
        return directory;
    }

    /** The container meant by a name, a full name or an id; asks anew when it is not known, for it may be very new. */
    Future<Optional<Container>> find(String nameOrId) {
        return whenKnown().compose(ready -> {
            Optional<Container> found = directory.find(nameOrId);
            return found.isPresent() ? Future.succeededFuture(found) : findAnew(nameOrId);
        });
    }

    /**
     * Does something with the container meant by a name, a full name or an id; once more when it turns out not to be
     * there any more, with the one that has taken its place, which the engine's events may tell a moment later, or with
     * none.
     */
    <T> Future<T> use(String nameOrId, Function<Optional<Container>, Future<T>> step) {
        return find(nameOrId)
                .compose(found -> step.apply(found)
                        .recover(failure -> Refusal.is(RefusalKind.NO_SUCH_CONTAINER, failure) && found.isPresent()
                                ? useSuccessor(nameOrId, found, step)
                                : Future.failedFuture(failure)));
    }

    private <T> Future<T> useSuccessor(
            String nameOrId, Optional<Container> gone, Function<Optional<Container>, Future<T>> step) {
        return findAnew(nameOrId)
                .compose(anew -> {
                    boolean same = anew.map(Container::id).equals(gone.map(Container::id));
                    return step.apply(same ? Optional.empty() : anew);
                })
                .recover(failure -> Refusal.is(RefusalKind.NO_SUCH_CONTAINER, failure)
                        ? step.apply(Optional.empty())
                        : Future.failedFuture(failure));
    }

    private Future<Optional<Container>> findAnew(String nameOrId) {
        return ask(true).map(fresh -> directory.find(nameOrId)).recover(failure -> {
            log.debug("no fresh list of {}", controller, failure);
            return Future.succeededFuture(directory.find(nameOrId));
        });
    }

    private Future<Void> whenKnown() {
        return known.future()
                .timeout(FIRST_LIST.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS)
                .recover(late -> Future.failedFuture(new Refusal(
                        RefusalKind.ENGINE_UNAVAILABLE, "the containers of " + controller + " are not known yet")));
    }

    private void heard(ContainersChanged news) {
        if (!news.controller().equals(controller)) {
            return;
        }
        if (directory.follows(news)) {
            replace(directory.with(news));
        } else {
            heal();
        }
    }

    private void heal() {
        if (asking || over) {
            return;
        }
        asking = true;
        ask(false).onComplete(fresh -> asking = false, this::healLater);
    }

    private void healLater(Throwable failure) {
        asking = false;
        log.debug("no list of {} yet", controller, failure);
        if (!over && timer < 0) {
            long delay = backoff.next(ThreadLocalRandom.current().nextDouble()).toMillis();
            timer = vertx.setTimer(Math.max(1, delay), fired -> {
                timer = -1;
                heal();
            });
        }
    }

    private Future<ContainersSnapshot> ask(boolean fresh) {
        return bus.ask(Addresses.containers(controller), new AskContainers(fresh))
                .onSuccess(this::take);
    }

    private void take(ContainersSnapshot snapshot) {
        if (snapshot.revision() >= directory.revision()) {
            replace(ContainerDirectory.of(snapshot));
        }
        boolean unused = known.tryComplete();
    }

    private void replace(ContainerDirectory replaced) {
        if (!over && !replaced.equals(directory)) {
            directory = replaced;
            changed.accept(directory);
        }
    }
}
