package io.dockrelay.controller.logs.tail;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.VertxException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.controller.logs.store.PageReader;
import io.dockrelay.controller.logs.store.StoreReader;
import io.dockrelay.docker.DockerEngine;
import io.dockrelay.protocol.bus.Acknowledged;
import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.bus.Registration;
import io.dockrelay.protocol.logs.CloseTail;
import io.dockrelay.protocol.logs.LogPage;
import io.dockrelay.protocol.logs.OpenTail;
import io.dockrelay.protocol.logs.ReadLogs;
import io.dockrelay.protocol.logs.TailFrom;
import io.dockrelay.protocol.logs.TailOpened;
import io.dockrelay.protocol.state.Container;

/**
 * Answers for the logs of one controller: opens and closes tails, each a {@link LogTailer} of its own, and reads pages.
 * Deployed by the controller beside the watcher, of whose containers it learns over the bus; when it is undeployed, its
 * tailers are too.
 */
public final class TailSupervisor extends VerticleBase {

    private static final Logger log = LoggerFactory.getLogger(TailSupervisor.class);

    private final DockerEngine engine;
    private final String controller;
    private final TailLimits limits;

    /** Open and opening tails by subscription. */
    private final Map<String, Tail> tails = new HashMap<>();

    private Bus bus;
    private PageReader reader;
    private DirectoryKeeper directory;
    private List<Registration> registrations = List.of();

    /** A tailer, and its deployment: failed when it could not be opened. */
    private record Tail(LogTailer tailer, Future<String> deployment) {}

    /**
     * @param engine closed by whoever made it, after this verticle
     * @param controller the controller's id
     * @param maxLines the most lines of a snapshot; who asks for more gets so many
     */
    public TailSupervisor(DockerEngine engine, String controller, int maxLines) {
        this(engine, controller, TailLimits.withLines(maxLines));
    }

    public TailSupervisor(DockerEngine engine, String controller, TailLimits limits) {
        this.engine = engine;
        this.controller = controller;
        this.limits = limits;
    }

    @Override
    public Future<?> start() {
        bus = Bus.of(vertx);
        reader = new PageReader(new StoreReader(vertx, engine));
        directory = new DirectoryKeeper(vertx, bus, controller, this::tellTailers);
        registrations = List.of(
                bus.answer(Addresses.openTail(controller), this::open),
                bus.answer(Addresses.closeTail(controller), this::close),
                bus.answer(Addresses.readLogs(controller), this::read),
                bus.subscribe(Addresses.ENGINE_STATUS, status -> {
                    if (status.controller().equals(controller) && status.available()) {
                        engineAvailable();
                    }
                }));
        return Future.all(registrations.stream().map(Registration::ready).toList())
                .compose(ready -> directory.start());
    }

    @Override
    public Future<?> stop() {
        List<Future<Void>> endings = new ArrayList<>(List.of(directory.close()));
        registrations.forEach(registration -> endings.add(registration.close()));
        List.copyOf(tails.keySet()).forEach(subscription -> endings.add(end(subscription)));
        return Future.join(endings);
    }

    /** Tails that are open or being opened; for the supervisor's own context, metrics and leak tests. */
    public int liveTails() {
        return tails.size();
    }

    private Future<TailOpened> open(OpenTail request) {
        String subscription = request.subscription();
        if (tails.containsKey(subscription)) {
            return refused(RefusalKind.BAD_REQUEST, "the subscription " + subscription + " is open already");
        }
        if (request.from() instanceof TailFrom.Lines lines && lines.count() < 0) {
            return refused(RefusalKind.BAD_REQUEST, "lines is " + lines.count() + "; it has to be 0 or more");
        }
        return directory.use(request.container(), container -> deploy(request, container));
    }

    private Future<TailOpened> deploy(OpenTail request, Optional<Container> container) {
        if (container.isEmpty() && !request.waitForContainer()) {
            return Future.failedFuture(Refusal.noSuchContainer(request.container()));
        }
        String subscription = request.subscription();
        String name = container.map(Container::name).orElse(request.container());
        String id = container.map(Container::id).orElse(null);
        var tailer = new LogTailer(engine, request, name, id, limits, () -> ended(subscription));
        Future<String> deployment = vertx.deployVerticle(tailer).recover(TailSupervisor::stopping);
        tails.put(subscription, new Tail(tailer, deployment));
        return deployment.map(new TailOpened(name)).onComplete(opened -> begin(request, name, tailer), failure -> {
            tails.remove(subscription);
        });
    }

    /** The answer leaves in this turn, so that it is there before the first batch. */
    private void begin(OpenTail request, String name, LogTailer tailer) {
        log.debug("a tail of {} is open for {}, {} in all", name, request.subscription(), tails.size());
        context.runOnContext(turn -> tailer.begin(directory.now()));
    }

    private Future<Acknowledged> close(CloseTail request) {
        return end(request.subscription()).map(new Acknowledged());
    }

    private Future<Void> end(String subscription) {
        Tail tail = tails.get(subscription);
        if (tail == null) {
            return Future.succeededFuture();
        }
        return tail.deployment.compose(vertx::undeploy).recover(gone -> {
            log.debug("the tail for {} had ended already", subscription);
            return Future.succeededFuture();
        });
    }

    private void ended(String subscription) {
        context.runOnContext(turn -> {
            tails.remove(subscription);
            log.debug("the tail for {} has ended, {} are left", subscription, tails.size());
        });
    }

    private Future<LogPage> read(ReadLogs request) {
        return directory.use(request.container(), found -> {
            if (found.isEmpty()) {
                return Future.failedFuture(Refusal.noSuchContainer(request.container()));
            }
            Container container = found.get();
            return container.id() == null
                    ? Future.succeededFuture(PageReader.empty(container.name()))
                    : reader.read(request, container.name(), container.id());
        });
    }

    private void tellTailers(ContainerDirectory changed) {
        deployed().forEach(tailer -> tailer.containersChanged(changed));
    }

    private void engineAvailable() {
        deployed().forEach(LogTailer::engineAvailable);
    }

    private Stream<LogTailer> deployed() {
        return tails.values().stream()
                .filter(tail -> tail.deployment.succeeded())
                .map(Tail::tailer);
    }

    /** A tail that was being opened when the supervisor was undeployed, and its children with it. */
    private static Future<String> stopping(Throwable failure) {
        return failure instanceof VertxException
                ? refused(RefusalKind.CONTROLLER_UNAVAILABLE, "the controller is stopping")
                : Future.failedFuture(failure);
    }

    private static <T> Future<T> refused(RefusalKind kind, String message) {
        return Future.failedFuture(new Refusal(kind, message));
    }
}
