package io.dockrelay.controller.logs.tail;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.controller.logs.store.StoreReader;
import io.dockrelay.docker.DockerEngine;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.logs.OpenTail;

/**
 * Follows one container's log for one subscription. Deployed by the {@link TailSupervisor}; it ends when that undeploys
 * it, or by itself when its reader has closed it or is gone. Everything in it runs on its own event-loop context, and
 * the log stays with the engine for as long as the reader is at the batch before.
 */
final class LogTailer extends VerticleBase implements BatchSender.Events, TailLifecycle.Tail {

    private static final Logger log = LoggerFactory.getLogger(LogTailer.class);

    private final DockerEngine engine;
    private final OpenTail request;
    private final String name;
    private final String containerId;
    private final TailLimits limits;
    private final Runnable onEnd;
    private final OutgoingBatches outbox = new OutgoingBatches();

    /** Null from the moment it has begun or ended. */
    private TailStart opening;

    private BatchSender delivery;
    private TailLifecycle course;

    /** True from the end on: news that were on their way then come too late. */
    private boolean over;

    /**
     * @param name the container's name
     * @param containerId 12 hex digits; null when there is none yet
     * @param onEnd called once, on the tailer's context, when it is undeployed
     */
    LogTailer(
            DockerEngine engine, OpenTail request, String name, String containerId, TailLimits limits, Runnable onEnd) {
        this.engine = engine;
        this.request = request;
        this.name = name;
        this.containerId = containerId;
        this.limits = limits;
        this.onEnd = onEnd;
    }

    @Override
    public Future<?> start() {
        delivery = new BatchSender(vertx, Bus.of(vertx), request.subscription(), outbox, this);
        course = new TailLifecycle(vertx, engine, name, limits, outbox, this);
        delivery.name(name);
        return open().onSuccess(opened -> opening = opened);
    }

    @Override
    public Future<?> stop() {
        opening = null;
        over = true;
        delivery.close();
        course.close();
        onEnd.run();
        return Future.succeededFuture();
    }

    /** The one who asked has been answered: the first batch may go out, unless it was closed meanwhile. Once. */
    void begin(ContainerDirectory directory) {
        context.runOnContext(turn -> {
            TailStart begun = opening;
            if (begun == null) {
                return;
            }
            opening = null;
            delivery.begin(begun.snapshot());
            course.begin(begun, directory);
        });
    }

    /** The containers are others than they were. From any thread. */
    void look(ContainerDirectory directory) {
        context.runOnContext(turn -> {
            if (opening == null && !over) {
                course.look(directory);
            }
        });
    }

    /** The engine answers again. From any thread. */
    void engineAvailable() {
        context.runOnContext(turn -> {
            if (!over) {
                course.engineAvailable();
            }
        });
    }

    @Override
    public void poke() {
        delivery.poke();
    }

    @Override
    public void named(String replaced) {
        delivery.name(replaced);
    }

    @Override
    public void ready() {
        course.ready();
    }

    @Override
    public void jump() {
        course.jump(delivery.cursor());
    }

    @Override
    public void stalled() {
        course.stalled();
    }

    @Override
    public void gone(String why) {
        log.debug("the tail of {} for {} ends: {}", name, request.subscription(), why);
        over = true;
        course.close();
        vertx.undeploy(context.deploymentID())
                .onFailure(failure -> log.debug("the tail of {} was undeployed already", name, failure));
    }

    private Future<TailStart> open() {
        if (containerId == null) {
            return Future.succeededFuture(TailStart.waiting(request, name, null));
        }
        return TailStart.of(new StoreReader(vertx, engine), request, name, containerId, limits.lines());
    }
}
