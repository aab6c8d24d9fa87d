package io.dockrelay.controller.logs.tail;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.controller.logs.store.StoreReader;
import io.dockrelay.docker.DockerEngine;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.logs.OpenTail;
import io.dockrelay.protocol.state.ContainerList;

/**
 * Follows one container's log for one subscription. Deployed by the {@link TailSupervisor}, which also undeploys it; it
 * undeploys itself when its reader has closed the tail or is gone. Runs on an event-loop context of its own. While the
 * reader works on a batch, the rest of the log stays with the engine.
 *
 * <p>The parts: the {@link TailLifecycle} fills {@link OutgoingBatches}, the {@link BatchSender} empties them.
 */
final class LogTailer extends VerticleBase {

    private static final Logger log = LoggerFactory.getLogger(LogTailer.class);

    private final DockerEngine engine;
    private final OpenTail request;
    private final TailTarget target;
    private final TailLimits limits;
    private final Runnable onEnd;

    /** Completes when the tail can begin: it was read, or the engine does not answer. */
    private final Promise<TailStart> opening = Promise.promise();

    /** Null before the tail is open, and from the moment it has begun or ended. */
    private TailStart opened;

    private BatchSender sender;
    private TailLifecycle lifecycle;

    /**
     * @param onEnd called once, on the tailer's context, when it is undeployed
     */
    LogTailer(DockerEngine engine, OpenTail request, TailTarget target, TailLimits limits, Runnable onEnd) {
        this.engine = engine;
        this.request = request;
        this.target = target;
        this.limits = limits;
        this.onEnd = onEnd;
    }

    @Override
    public Future<?> start() {
        var batches = new OutgoingBatches();
        batches.name(target.name());
        lifecycle = new TailLifecycle(TailContext.of(vertx, engine, limits, batches), target.name(), this::undeploy);
        sender = new BatchSender(vertx, Bus.of(vertx), request.subscription(), batches, lifecycle);
        batches.onFlush(sender::poke);
        open();
        return opening.future().onSuccess(start -> opened = start);
    }

    @Override
    public Future<?> stop() {
        opened = null;
        sender.close();
        lifecycle.close();
        onEnd.run();
        return Future.succeededFuture();
    }

    /** The request to open was answered: sends the first batch, unless the tail was closed meanwhile. Once. */
    void begin(ContainerList directory) {
        context.runOnContext(turn -> {
            TailStart start = opened;
            if (start != null) {
                opened = null;
                sender.begin(start.snapshot());
                lifecycle.begin(start, directory);
            }
        });
    }

    /** The container list has changed. From any thread. */
    void containersChanged(ContainerList directory) {
        context.runOnContext(turn -> lifecycle.containersChanged(directory));
    }

    /** The engine answers again. From any thread. */
    void engineAvailable() {
        context.runOnContext(turn -> lifecycle.engineAvailable());
    }

    /** The engine does not answer: a tail that is being opened waits for it. From any thread. */
    void engineAway(String why) {
        // Null before the deployment has begun: then the engine's own silence is noticed later.
        if (context != null) {
            TailStart away = TailStart.away(request, target.name(), why, limits.lines());
            context.runOnContext(turn -> opening.tryComplete(away));
        }
    }

    private void open() {
        String name = target.name();
        if (target.containerId() == null) {
            opening.complete(TailStart.waiting(request, name, limits.lines()));
        } else if (target.engineAway() != null) {
            opening.complete(TailStart.away(request, name, target.engineAway(), limits.lines()));
        } else {
            TailStart.of(new StoreReader(vertx, engine), request, name, target.containerId(), limits.lines())
                    .onComplete(opening::tryComplete, opening::tryFail);
        }
    }

    private void undeploy() {
        vertx.undeploy(context.deploymentID())
                .onFailure(failure -> log.debug("the tail of {} was undeployed already", target.name(), failure));
    }
}
