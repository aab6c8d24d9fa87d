package io.dockrelay.controller.logs.search;

import java.time.Duration;
import java.util.List;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.controller.logs.store.StoreReader;
import io.dockrelay.docker.DockerEngine;
import io.dockrelay.protocol.bus.Acknowledged;
import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.AskContainers;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.ContainersSnapshot;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.bus.Registration;
import io.dockrelay.protocol.search.CloseSearch;
import io.dockrelay.protocol.search.OpenSearch;
import io.dockrelay.protocol.search.PullSearch;
import io.dockrelay.protocol.search.SearchOpened;
import io.dockrelay.protocol.search.SearchPart;
import io.dockrelay.protocol.timers.Leases;

/**
 * Searches stored logs, and serves what is found as clients pull it. A search that is not pulled for the time of its lease is
 * closed. Deployed by the controller and ended with it; its event loop only passes buffers on, to the workers that search.
 */
public final class SearchVerticle extends VerticleBase {

    private static final Logger log = LoggerFactory.getLogger(SearchVerticle.class);

    /** The most searches at a time: each reads from the engine as fast as it can, and holds some megabytes. */
    static final int MAX_SEARCHES = 4;

    /** Threads that search, for all searches together. */
    private static final int WORKERS = 2;

    private final DockerEngine docker;
    private final String controller;
    private final Duration lease;

    private Bus bus;
    private SearchEngine engine;
    private Leases<RunningSearch> open;
    private List<Registration> registrations = List.of();

    /**
     * @param docker closed by the caller, after this verticle
     * @param controller the controller's id
     */
    public SearchVerticle(DockerEngine docker, String controller) {
        this(docker, controller, PullSearch.LEASE);
    }

    /** @param lease how long a search is kept without a pull */
    SearchVerticle(DockerEngine docker, String controller, Duration lease) {
        this.docker = docker;
        this.controller = controller;
        this.lease = lease;
    }

    @Override
    public Future<?> start() {
        bus = Bus.of(vertx);
        open = new Leases<>(vertx, "search", lease, RunningSearch::close);
        WorkerExecutor workers = vertx.createSharedWorkerExecutor("dockrelay-search", WORKERS);
        engine = new SearchEngine(vertx, docker, new StoreReader(vertx, docker), workers);
        registrations = List.of(
                bus.answer(Addresses.openSearch(controller), this::open),
                bus.answer(Addresses.pullSearch(controller), this::pull),
                bus.answer(Addresses.closeSearch(controller), this::close));
        return Future.all(registrations.stream().map(Registration::ready).toList());
    }

    @Override
    public Future<?> stop() {
        open.endAll();
        return Future.join(registrations.stream().map(Registration::close).toList())
                .eventually(engine.workers()::close);
    }

    /** For leak tests. On the verticle's context. */
    int openSearches() {
        return open.size();
    }

    private Future<SearchOpened> open(OpenSearch request) {
        CompiledFilter filter;
        try {
            filter = new CompiledFilter(request.query().filter());
        } catch (IllegalArgumentException invalid) {
            return refused(RefusalKind.BAD_REQUEST, invalid.getMessage());
        }
        if (open.contains(request.search())) {
            return refused(RefusalKind.BAD_REQUEST, "the search " + request.search() + " is open already");
        }
        if (open.size() >= MAX_SEARCHES) {
            return refused(
                    RefusalKind.TOO_MANY_SUBSCRIPTIONS,
                    MAX_SEARCHES + " searches run on controller " + controller + " already; try again later");
        }
        open.reserve(request.search());
        return bus.ask(Addresses.containers(controller), new AskContainers(true))
                .compose(snapshot -> search(request, filter, snapshot))
                .onFailure(failure -> open.end(request.search()));
    }

    private Future<SearchOpened> search(OpenSearch request, CompiledFilter filter, ContainersSnapshot snapshot) {
        if (!snapshot.engine().available()) {
            return refused(RefusalKind.ENGINE_UNAVAILABLE, snapshot.engine().message());
        }
        List<SearchedLog> logs;
        SearchTargets targets;
        try {
            targets = SearchTargets.of(snapshot.list(), request.scope());
            logs = targets.containers().stream()
                    .map(container -> new SearchedLog(container.id(), container.name(), request.query()))
                    .toList();
        } catch (Refusal refusal) {
            return Future.failedFuture(refusal);
        } catch (IllegalArgumentException invalid) {
            return refused(RefusalKind.BAD_REQUEST, invalid.getMessage());
        }
        if (!open.contains(request.search())) {
            return refused(RefusalKind.CONTROLLER_UNAVAILABLE, "the search was closed");
        }
        var search = new RunningSearch(engine, request.query(), filter, logs, targets.failed());
        open.put(request.search(), search);
        return search.begin().map(begun -> {
            log.debug("search {} has begun in {} logs, {} searches in all", request.search(), logs.size(), open.size());
            return new SearchOpened(logs.size());
        });
    }

    private Future<SearchPart> pull(PullSearch request) {
        RunningSearch search = open.use(request.search());
        if (search == null) {
            return refused(RefusalKind.BAD_REQUEST, "there is no such search, or not any more");
        }
        if (!request.wanted()) {
            return Future.succeededFuture(SearchPart.none(search.progress()));
        }
        return search.pull().onSuccess(part -> {
            if (part.end() != null) {
                open.end(request.search());
            }
        });
    }

    private Future<Acknowledged> close(CloseSearch request) {
        open.end(request.search());
        return Future.succeededFuture(new Acknowledged());
    }

    private static <T> Future<T> refused(RefusalKind kind, String message) {
        return Future.failedFuture(new Refusal(kind, message));
    }
}
