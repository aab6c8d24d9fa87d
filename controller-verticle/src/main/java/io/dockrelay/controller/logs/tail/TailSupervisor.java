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
import io.dockrelay.protocol.bus.ContainerListReplica;
import io.dockrelay.protocol.bus.EngineStatus;
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
import io.dockrelay.protocol.state.ContainerList;

/**
 * Answers for the logs of one controller: opens and closes tails, each a {@link LogTailer}, and reads pages. Deployed by the
 * controller after the watcher, whose containers it knows over the bus; its tailers are undeployed with it.
 */
public final class TailSupervisor extends VerticleBase {

    private static final Logger log = LoggerFactory.getLogger(TailSupervisor.class);

    private final DockerEngine engine;
    private final String controller;
    private final TailLimits limits;

    /** Open and opening tails by subscription. */
    private final Map<String, Tail> tails = new HashMap<>();

    /** The engine's sentence while it does not answer; null while it does. */
    private String engineAway;

    private Bus bus;
    private PageReader reader;
    private ContainerListReplica containers;
    private List<Registration> registrations = List.of();

    /** A tailer and its deployment, which fails when the tail cannot be opened. */
    private record Tail(LogTailer tailer, Future<String> deployment) {}

    /**
     * @param engine closed by the caller, after this verticle
     * @param controller the controller's id
     * @param maxLines the most lines of a snapshot, also if a request asks for more
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
        containers = new ContainerListReplica(vertx, bus, controller, this::listChanged);
        registrations = List.of(
                bus.answer(Addresses.openTail(controller), this::open),
                bus.answer(Addresses.closeTail(controller), this::close),
                bus.answer(Addresses.readLogs(controller), this::read),
                bus.subscribe(Addresses.ENGINE_STATUS, status -> {
                    if (status.controller().equals(controller)) {
                        engineChanged(status);
                    }
                }));
        return Future.all(registrations.stream().map(Registration::ready).toList())
                .compose(ready -> containers.start());
    }

    @Override
    public Future<?> stop() {
        List<Future<Void>> ends = new ArrayList<>(List.of(containers.close()));
        registrations.forEach(registration -> ends.add(registration.close()));
        List.copyOf(tails.keySet()).forEach(subscription -> ends.add(end(subscription)));
        return Future.join(ends);
    }

    /** Tails that are open or being opened, for metrics and leak tests. On the supervisor's context. */
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
        return containers.useIfPresent(request.container(), container -> deploy(request, container));
    }

    private Future<TailOpened> deploy(OpenTail request, Optional<Container> container) {
        if (container.isEmpty() && !request.waitForContainer()) {
            return Future.failedFuture(containers.refusal(request.container()));
        }
        String subscription = request.subscription();
        String name = container.map(Container::name).orElse(request.container());
        var target = new TailTarget(name, container.map(Container::id).orElse(null), engineAway);
        var tailer = new LogTailer(engine, request, target, limits, () -> ended(subscription));
        Future<String> deployment = vertx.deployVerticle(tailer).recover(TailSupervisor::stopping);
        tails.put(subscription, new Tail(tailer, deployment));
        return deployment.map(new TailOpened(name)).onComplete(opened -> begin(request, name, tailer), failure -> {
            tails.remove(subscription);
        });
    }

    /** Starts the tail in the next turn: the answer is sent in this one, so it arrives before the first batch. */
    private void begin(OpenTail request, String name, LogTailer tailer) {
        log.debug("a tail of {} is open for {}, {} in all", name, request.subscription(), tails.size());
        context.runOnContext(turn -> tailer.begin(containers.list()));
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
        return containers
                .use(request.container(), container -> page(request, container))
                .recover(failure -> Future.failedFuture(becauseEngineIsAway(failure)));
    }

    private Future<LogPage> page(ReadLogs request, Container container) {
        if (container.id() == null) {
            return Future.succeededFuture(PageReader.empty(container.name()));
        }
        return engineAway == null
                ? reader.read(request, container.name(), container.id())
                : refused(RefusalKind.ENGINE_UNAVAILABLE, engineAway);
    }

    /** A read that took too long, while the engine turns out not to answer, was not too long. */
    private Throwable becauseEngineIsAway(Throwable failure) {
        return engineAway != null && Refusal.is(RefusalKind.TIMED_OUT, failure)
                ? new Refusal(RefusalKind.ENGINE_UNAVAILABLE, engineAway)
                : failure;
    }

    private void listChanged(ContainerList changed) {
        deployed().forEach(tailer -> tailer.containersChanged(changed));
    }

    private void engineChanged(EngineStatus status) {
        engineAway = status.available() ? null : status.message();
        if (status.available()) {
            deployed().forEach(LogTailer::engineAvailable);
        } else {
            tails.values().stream()
                    .filter(tail -> !tail.deployment.isComplete())
                    .forEach(tail -> tail.tailer.engineAway(status.message()));
        }
    }

    private Stream<LogTailer> deployed() {
        return tails.values().stream()
                .filter(tail -> tail.deployment.succeeded())
                .map(Tail::tailer);
    }

    /** The failure of a tail that was being opened when the supervisor was undeployed. */
    private static Future<String> stopping(Throwable failure) {
        return failure instanceof VertxException
                ? refused(RefusalKind.CONTROLLER_UNAVAILABLE, "the controller is stopping")
                : Future.failedFuture(failure);
    }

    private static <T> Future<T> refused(RefusalKind kind, String message) {
        return Future.failedFuture(new Refusal(kind, message));
    }
}
