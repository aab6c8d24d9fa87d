package io.dockrelay.relay.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.bus.search.BusSearch;
import io.dockrelay.protocol.bus.search.SearchOutput;
import io.dockrelay.protocol.bus.search.SearchSource;
import io.dockrelay.protocol.rights.Permission;
import io.dockrelay.protocol.search.HitMerge;
import io.dockrelay.protocol.search.SearchFailure;
import io.dockrelay.protocol.search.SearchItem;
import io.dockrelay.protocol.search.SearchPart;
import io.dockrelay.protocol.search.SearchQuery;
import io.dockrelay.relay.view.FleetView;

/**
 * One search at several controllers. It pulls them while it is pulled itself, and merges their hits; it holds at most as many
 * as it may still send. A controller that is lost ends its part; the end of the search names it. Owned by the request, on its
 * context.
 */
public final class FleetSearch implements SearchSource {

    private final SearchQuery query;
    private final FleetView view;
    private final HitMerge merge;
    private final SearchOutput output;
    private final List<SearchFailure> failed = new ArrayList<>();

    /** Searches that go on, by controller. */
    private final Map<String, BusSearch> running = new HashMap<>();

    /** Controllers whose answer to a pull has not arrived. */
    private final Set<String> pulled = new HashSet<>();

    /** What each controller has reported last. */
    private final Map<String, SearchItem.Progress> progress = new HashMap<>();

    /** True while each controller that has ended has read all of its logs, and sent all of its hits. */
    private boolean complete = true;

    private boolean sentAll = true;

    /** Time of a line that is being read; null before the first. */
    private String at;

    private boolean over;

    private FleetSearch(Vertx vertx, SearchQuery query, FleetView view) {
        this.query = query;
        this.view = view;
        merge = new HitMerge(query.oldestFirst(), query.limit());
        output = new SearchOutput(vertx, this::sum);
    }

    /**
     * Begins at all controllers of the scope.
     *
     * @param view whose logs are searched: a container that has just appeared may be none of it
     * @return refused if none of them can search, and for an invalid query
     */
    public static Future<FleetSearch> open(Vertx vertx, Bus bus, FleetScope scope, SearchQuery query, FleetView view) {
        var search = new FleetSearch(vertx, query, view);
        search.failed.addAll(scope.failed());
        List<Future<BusSearch>> opening = new ArrayList<>();
        scope.scopes()
                .forEach((controller, logs) -> opening.add(BusSearch.open(bus, controller, logs, query)
                        .onSuccess(opened -> search.running.put(controller, opened))
                        .onFailure(failure -> search.failed.add(failure(controller, failure)))));
        return Future.join(opening).transform(all -> search.begun(opening));
    }

    private Future<FleetSearch> begun(List<Future<BusSearch>> opening) {
        Refusal invalid = opening.stream()
                .filter(each -> Refusal.is(RefusalKind.BAD_REQUEST, each.cause()))
                .map(each -> (Refusal) each.cause())
                .findFirst()
                .orElse(null);
        if (invalid != null || running.isEmpty()) {
            close();
            return Future.failedFuture(invalid == null ? opening.getFirst().cause() : invalid);
        }
        running.keySet().forEach(merge::add);
        return Future.succeededFuture(this);
    }

    @Override
    public Future<SearchPart> pull() {
        Future<SearchPart> part = output.pull();
        pullControllers();
        return part;
    }

    @Override
    public void renew() {
        running.values().forEach(BusSearch::renew);
    }

    @Override
    public void close() {
        stop();
        output.close();
    }

    private void stop() {
        over = true;
        running.values().forEach(BusSearch::close);
        running.clear();
    }

    private void pullControllers() {
        if (!output.isAwaited()) {
            return;
        }
        for (String controller : List.copyOf(running.keySet())) {
            if (pulled.add(controller)) {
                running.get(controller)
                        .pull()
                        .onComplete(part -> take(controller, part), failure -> lost(controller, failure));
            }
        }
    }

    private void take(String controller, SearchPart part) {
        pulled.remove(controller);
        if (over) {
            return;
        }
        progress.put(controller, part.progress());
        at = part.progress().at() == null ? at : part.progress().at();
        merge.put(
                controller,
                part.hits().stream()
                        .filter(hit -> view.mayNamed(Permission.LOGS, controller, hit.container()))
                        .map(hit -> hit.of(controller))
                        .toList(),
                part.progress().reached());
        if (part.end() != null) {
            ended(controller, part.end());
        }
        advance();
    }

    private void ended(String controller, SearchItem.End end) {
        progress.put(controller, new SearchItem.Progress(end.lines(), end.bytes(), end.hits(), null, null));
        end.failed().stream()
                .filter(failure ->
                        failure.container() == null || view.mayNamed(Permission.LOGS, controller, failure.container()))
                .forEach(failure -> failed.add(failure.withController(controller)));
        complete &= end.complete();
        sentAll &= end.next() == null;
        running.remove(controller);
        merge.end(controller);
    }

    private void lost(String controller, Throwable failure) {
        pulled.remove(controller);
        if (over) {
            return;
        }
        failed.add(failure(controller, failure));
        running.remove(controller).close();
        merge.end(controller);
        advance();
    }

    private void advance() {
        output.add(merge.take());
        boolean enough = merge.left() == 0 && !query.counts();
        if (enough || running.isEmpty()) {
            SearchItem.End end = end(sum());
            stop();
            output.end(end);
        } else {
            pullControllers();
        }
    }

    private SearchItem.Progress sum() {
        long lines = 0;
        long bytes = 0;
        long hits = 0;
        for (SearchItem.Progress each : progress.values()) {
            lines += each.lines();
            bytes += each.bytes();
            hits += each.hits();
        }
        return new SearchItem.Progress(lines, bytes, hits, merge.reached(), at);
    }

    private SearchItem.End end(SearchItem.Progress all) {
        boolean allSent = running.isEmpty() && sentAll && all.hits() <= output.taken();
        return new SearchItem.End(
                running.isEmpty() && complete && failed.isEmpty(),
                all.lines(),
                all.bytes(),
                all.hits(),
                allSent ? null : merge.position(),
                failed);
    }

    private static SearchFailure failure(String controller, Throwable failure) {
        RefusalKind kind = failure instanceof Refusal refusal ? refusal.kind() : RefusalKind.INTERNAL;
        return new SearchFailure(controller, null, kind.httpStatus(), failure.getMessage());
    }
}
