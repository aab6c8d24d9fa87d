package io.dockrelay.controller.logs.download;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.controller.logs.store.EngineFailures;
import io.dockrelay.controller.logs.store.StoreReader;
import io.dockrelay.docker.DockerEngine;
import io.dockrelay.docker.LogQuery;
import io.dockrelay.protocol.bus.Acknowledged;
import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.ContainerLookup;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.bus.Registration;
import io.dockrelay.protocol.logs.CloseDownload;
import io.dockrelay.protocol.logs.DownloadOpened;
import io.dockrelay.protocol.logs.DownloadPart;
import io.dockrelay.protocol.logs.OpenDownload;
import io.dockrelay.protocol.logs.PullDownload;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.timers.Leases;

/**
 * Serves whole stored logs, part by part as clients pull them. A download that is not pulled for the time of its lease is
 * closed. Deployed by the controller and ended with it; runs on an event loop that no tail uses.
 */
public final class DownloadVerticle extends VerticleBase {

    private static final Logger log = LoggerFactory.getLogger(DownloadVerticle.class);

    /** The most downloads at a time: each holds a connection to the engine, and less than a megabyte. */
    private static final int MAX_DOWNLOADS = 32;

    private final DockerEngine engine;
    private final String controller;
    private final Duration lease;

    private ContainerLookup containers;
    private StoreReader store;
    private Leases<LogDownload> open;
    private List<Registration> registrations = List.of();

    /**
     * @param engine closed by the caller, after this verticle
     * @param controller the controller's id
     */
    public DownloadVerticle(DockerEngine engine, String controller) {
        this(engine, controller, PullDownload.LEASE);
    }

    /** @param lease how long a download is kept without a pull */
    DownloadVerticle(DockerEngine engine, String controller, Duration lease) {
        this.engine = engine;
        this.controller = controller;
        this.lease = lease;
    }

    @Override
    public Future<?> start() {
        Bus bus = Bus.of(vertx);
        open = new Leases<>(vertx, "download", lease, LogDownload::close);
        containers = ContainerLookup.of(bus, controller);
        store = new StoreReader(vertx, engine);
        registrations = List.of(
                bus.answer(Addresses.openDownload(controller), this::open),
                bus.answer(Addresses.pullDownload(controller), this::pull),
                bus.answer(Addresses.closeDownload(controller), this::close));
        return Future.all(registrations.stream().map(Registration::ready).toList());
    }

    @Override
    public Future<?> stop() {
        open.endAll();
        return Future.join(registrations.stream().map(Registration::close).toList());
    }

    /** For leak tests. On the verticle's context. */
    int openDownloads() {
        return open.size();
    }

    private Future<DownloadOpened> open(OpenDownload request) {
        if (open.contains(request.download())) {
            return refused(RefusalKind.BAD_REQUEST, "the download " + request.download() + " is open already");
        }
        if (open.size() >= MAX_DOWNLOADS) {
            return refused(RefusalKind.TOO_MANY_SUBSCRIPTIONS, MAX_DOWNLOADS + " logs are being downloaded already");
        }
        DownloadBounds bounds;
        try {
            bounds = new DownloadBounds(request.since(), request.until());
        } catch (DateTimeException notATime) {
            return refused(RefusalKind.BAD_REQUEST, "since and until are times with nine digits");
        }
        open.reserve(request.download());
        return containers
                .use(request.container(), container -> read(request, container, bounds))
                .onFailure(failure -> open.end(request.download()));
    }

    private Future<DownloadOpened> read(OpenDownload request, Container container, DownloadBounds bounds) {
        String id = request.download();
        if (container.id() == null) {
            return refused(RefusalKind.NO_SUCH_CONTAINER, container.name() + " has no container yet, and so no log");
        }
        return store.inspect(container.id())
                .compose(inspected -> open(container.id(), inspected.terminal(), bounds))
                .compose(source -> {
                    if (!open.contains(id)) {
                        source.stream().cancel();
                        return refused(RefusalKind.CONTROLLER_UNAVAILABLE, "the download was closed");
                    }
                    open.put(id, new LogDownload(vertx, source, bounds, request.format()));
                    log.debug("download {} of {} is open, {} in all", id, container.name(), open.size());
                    return Future.succeededFuture(new DownloadOpened(container.name()));
                })
                .recover(failure -> Future.failedFuture(EngineFailures.refusal(container.name(), failure)));
    }

    /** The newest line is read first, so that it is in the stream. A failure of that read is one of the stream too. */
    private Future<LogDownload.Source> open(String id, boolean terminal, DownloadBounds bounds) {
        LogQuery query = bounds.query(terminal);
        return store.newest(id, terminal)
                .otherwise((Instant) null)
                .compose(newest -> engine.logs(id, query)
                        .map(stream -> new LogDownload.Source(engine, store, id, stream, query, newest)));
    }

    private Future<DownloadPart> pull(PullDownload request) {
        LogDownload download = open.use(request.download());
        if (download == null) {
            return refused(RefusalKind.BAD_REQUEST, "there is no such download, or not any more");
        }
        if (!request.wanted()) {
            return Future.succeededFuture(DownloadPart.none());
        }
        return download.pull().onSuccess(part -> {
            if (part.ended()) {
                open.end(request.download());
            }
        });
    }

    private Future<Acknowledged> close(CloseDownload request) {
        open.end(request.download());
        return Future.succeededFuture(new Acknowledged());
    }

    private static <T> Future<T> refused(RefusalKind kind, String message) {
        return Future.failedFuture(new Refusal(kind, message));
    }
}
