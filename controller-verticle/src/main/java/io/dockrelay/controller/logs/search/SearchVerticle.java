package io.dockrelay.controller.logs.search;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
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
import io.dockrelay.protocol.timers.Timeout;

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
    private final Map<String, Open> open = new HashMap<>();

    private Bus bus;
    private SearchEngine engine;
    private List<Registration> registrations = List.of();

    /** A search, and the lease that ends it when it is not pulled. */
    private static final class Open {

        private final Timeout lease;

        /** Null until its containers are known. */
        private RunningSearch search;

        Open(Vertx vertx) {
            lease = new Timeout(vertx);
        }
    }

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
        List.copyOf(open.keySet()).forEach(this::end);
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
        if (open.containsKey(request.search())) {
            return refused(RefusalKind.BAD_REQUEST, "the search " + request.search() + " is open already");
        }
        if (open.size() >= MAX_SEARCHES) {
            return refused(
                    RefusalKind.TOO_MANY_SUBSCRIPTIONS,
                    MAX_SEARCHES + " searches run on controller " + controller + " already; try again later");
        }
        open.put(request.search(), new Open(vertx));
        return bus.ask(Addresses.containers(controller), new AskContainers(true))
                .compose(snapshot -> search(request, filter, snapshot))
                .onFailure(failure -> end(request.search()));
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
        Open kept = open.get(request.search());
        if (kept == null) {
            return refused(RefusalKind.CONTROLLER_UNAVAILABLE, "the search was closed");
        }
        kept.search = new RunningSearch(engine, request.query(), filter, logs, targets.failed());
        renew(request.search(), kept);
        return kept.search.begin().map(begun -> {
            log.debug("search {} has begun in {} logs, {} searches in all", request.search(), logs.size(), open.size());
            return new SearchOpened(logs.size());
        });
    }

    private Future<SearchPart> pull(PullSearch request) {
        Open kept = open.get(request.search());
        if (kept == null || kept.search == null) {
            return refused(RefusalKind.BAD_REQUEST, "there is no such search, or not any more");
        }
        renew(request.search(), kept);
        if (!request.wanted()) {
            return Future.succeededFuture(SearchPart.none(kept.search.progress()));
        }
        return kept.search.pull().onSuccess(part -> {
            if (part.end() != null) {
                end(request.search());
            }
        });
    }

    private Future<Acknowledged> close(CloseSearch request) {
        end(request.search());
        return Future.succeededFuture(new Acknowledged());
    }

    private void renew(String id, Open kept) {
        kept.lease.start(lease, () -> {
            log.debug("the lease of search {} has ended: it was not pulled", id);
            end(id);
        });
    }

    private void end(String id) {
        Open gone = open.remove(id);
        if (gone != null) {
            gone.lease.cancel();
            if (gone.search != null) {
                gone.search.close();
            }
        }
    }

    private static <T> Future<T> refused(RefusalKind kind, String message) {
        return Future.failedFuture(new Refusal(kind, message));
    }
}
