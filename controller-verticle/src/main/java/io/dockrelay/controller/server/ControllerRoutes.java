package io.dockrelay.controller.server;

import java.time.Duration;
import java.util.Optional;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.listener.JsonAnswers;
import io.dockrelay.listener.JsonErrors;
import io.dockrelay.listener.download.LogDownloads;
import io.dockrelay.listener.search.SearchAnswers;
import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.AskContainers;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.ContainersSnapshot;
import io.dockrelay.protocol.bus.ControlContainer;
import io.dockrelay.protocol.bus.ControlOutcome;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.bus.search.BusSearch;
import io.dockrelay.protocol.details.AskDetails;
import io.dockrelay.protocol.search.SearchParameters;
import io.dockrelay.protocol.search.SearchQuery;
import io.dockrelay.protocol.search.SearchScope;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.state.ContainerAction;
import io.dockrelay.protocol.stats.AskRecentLoad;
import io.dockrelay.protocol.wire.LoadQueries;
import io.dockrelay.protocol.wire.LogPages;
import io.dockrelay.protocol.wire.LogQueries;

/** The controller's REST interface: each request becomes one question on the bus. On the server's context. */
final class ControllerRoutes {

    private static final Logger log = LoggerFactory.getLogger(ControllerRoutes.class);

    static final String HEALTH = "/health";

    /** How long an action may take to be accepted or refused. */
    private static final Duration ACCEPTED_WITHIN = Duration.ofSeconds(20);

    private final Bus bus;
    private final String controller;

    ControllerRoutes(Bus bus, String controller) {
        this.bus = bus;
        this.controller = controller;
    }

    Router router(Vertx vertx) {
        Router router = Router.router(vertx);
        var downloads = new LogDownloads(vertx, bus);
        var searches = new SearchAnswers(vertx);
        JsonErrors.install(router);
        JsonAnswers.health(router, HEALTH).handler(ControllerRoutes::health);
        JsonAnswers.readable(router, "/containers").handler(this::containers);
        JsonAnswers.readable(router, "/container/:name/status").handler(this::status);
        JsonAnswers.readable(router, "/container/:name/logs").handler(this::logs);
        JsonAnswers.readable(router, "/container/:name/logs/download").handler(context -> download(context, downloads));
        router.get("/container/:name/logs/search").handler(context -> search(context, searches));
        router.get("/containers/logs/search").handler(context -> search(context, searches));
        JsonAnswers.readable(router, "/container/:name/details").handler(this::details);
        JsonAnswers.readable(router, "/container/:name/stats/history").handler(this::loadHistory);
        JsonAnswers.readable(router, "/stats/history").handler(this::recentLoad);
        for (ContainerAction action : ContainerAction.values()) {
            router.post("/container/:name/" + action.wireName()).handler(context -> control(context, action));
        }
        return router;
    }

    private static void health(RoutingContext context) {
        Future<Void> sent =
                context.response().putHeader("Content-Type", "text/plain").end("ok");
        sent.onFailure(gone -> log.debug("the client of a health check has gone"));
    }

    private void containers(RoutingContext context) {
        snapshot()
                .onSuccess(snapshot -> {
                    if (snapshot.engine().available()) {
                        JsonAnswers.send(context, 200, new RestAnswers.Containers(snapshot.containers()));
                    } else {
                        String error = snapshot.engine().message();
                        JsonAnswers.send(
                                context, 503, new RestAnswers.LastKnownContainers(error, snapshot.containers()));
                    }
                })
                .onFailure(failure -> JsonAnswers.refuse(context, failure));
    }

    private void status(RoutingContext context) {
        try {
            String name = nameIn(context);
            snapshot()
                    .onSuccess(snapshot -> status(context, snapshot, name))
                    .onFailure(failure -> JsonAnswers.refuse(context, failure));
        } catch (IllegalArgumentException wrong) {
            JsonAnswers.refuse(context, wrong);
        }
    }

    private static void status(RoutingContext context, ContainersSnapshot snapshot, String name) {
        Optional<Container> found = snapshot.list().find(name);
        String away = snapshot.engine().message();
        if (found.isEmpty() && snapshot.engine().available()) {
            JsonAnswers.refuse(context, Refusal.noSuchContainer(name));
        } else if (found.isEmpty()) {
            JsonAnswers.refuse(context, new Refusal(RefusalKind.ENGINE_UNAVAILABLE, away));
        } else if (snapshot.engine().available()) {
            JsonAnswers.send(context, 200, new RestAnswers.Status(found.get().name(), found.get()));
        } else {
            JsonAnswers.send(
                    context,
                    503,
                    new RestAnswers.LastKnownStatus(away, found.get().name(), found.get()));
        }
    }

    private void logs(RoutingContext context) {
        try {
            var question = LogQueries.read(nameIn(context), context.queryParams()::get);
            bus.ask(Addresses.readLogs(controller), question)
                    .onSuccess(page -> JsonAnswers.send(context, 200, LogPages.write(page, null)))
                    .onFailure(failure -> JsonAnswers.refuse(context, failure));
        } catch (IllegalArgumentException wrong) {
            JsonAnswers.refuse(context, wrong);
        }
    }

    private void download(RoutingContext context, LogDownloads downloads) {
        try {
            downloads.send(context, controller, nameIn(context));
        } catch (IllegalArgumentException wrong) {
            JsonAnswers.refuse(context, wrong);
        }
    }

    /** In the container of the path, or else in those of the query. */
    private void search(RoutingContext context, SearchAnswers searches) {
        try {
            SearchQuery query = SearchParameters.query(SearchAnswers.parameters(context));
            SearchScope scope = context.pathParam("name") == null
                    ? SearchParameters.scope(SearchAnswers.parameters(context))
                    : SearchScope.one(nameIn(context));
            Future<Void> ended = searches.send(context, BusSearch.open(bus, controller, scope, query));
            ended.onComplete(over -> log.debug("search ended"));
        } catch (IllegalArgumentException wrong) {
            JsonAnswers.refuse(context, wrong);
        }
    }

    private void details(RoutingContext context) {
        try {
            answer(context, bus.ask(Addresses.details(controller), new AskDetails(nameIn(context))));
        } catch (IllegalArgumentException wrong) {
            JsonAnswers.refuse(context, wrong);
        }
    }

    private void loadHistory(RoutingContext context) {
        try {
            var question = LoadQueries.read(nameIn(context), context.queryParams()::get);
            answer(context, bus.ask(Addresses.loadHistory(controller), question));
        } catch (IllegalArgumentException wrong) {
            JsonAnswers.refuse(context, wrong);
        }
    }

    private void recentLoad(RoutingContext context) {
        answer(context, bus.ask(Addresses.recentLoad(controller), new AskRecentLoad()));
    }

    private static void answer(RoutingContext context, Future<? extends Record> answer) {
        answer.onSuccess(record -> JsonAnswers.send(context, 200, record))
                .onFailure(failure -> JsonAnswers.refuse(context, failure));
    }

    private void control(RoutingContext context, ContainerAction action) {
        try {
            ControlParameters parameters = ControlParameters.of(context.queryParams()::get);
            boolean waits = parameters.patience() != null;
            String caller = context.request().remoteAddress().hostAddress();
            String user = parameters.by();
            String by = user == null || user.equals(caller) ? caller : user + " via " + caller;
            var question = new ControlContainer(nameIn(context), action, parameters.force(), waits, by);
            ask(question, waits ? parameters.patience() : ACCEPTED_WITHIN)
                    .onSuccess(outcome -> controlled(context, outcome, waits))
                    .onFailure(failure -> JsonAnswers.refuse(context, failure));
        } catch (IllegalArgumentException wrong) {
            JsonAnswers.refuse(context, wrong);
        }
    }

    private Future<ControlOutcome> ask(ControlContainer question, Duration patience) {
        return bus.ask(Addresses.control(controller).within(patience), question)
                .recover(failure -> Future.failedFuture(withSentence(failure, question, patience)));
    }

    private static Throwable withSentence(Throwable failure, ControlContainer question, Duration patience) {
        boolean late = Refusal.is(RefusalKind.TIMED_OUT, failure);
        String sentence = question.container() + " is still "
                + question.action().underWay() + " after " + patience.toSeconds() + " s; it goes on.";
        return late ? new Refusal(RefusalKind.TIMED_OUT, sentence) : failure;
    }

    private static void controlled(RoutingContext context, ControlOutcome outcome, boolean waited) {
        if (waited) {
            JsonAnswers.send(context, 200, RestAnswers.Control.reached(outcome));
        } else {
            JsonAnswers.send(context, 202, RestAnswers.Control.underWay(outcome));
        }
    }

    /** The decoder replaces bytes that are not UTF-8 by U+FFFD, which no container's name contains. */
    private static String nameIn(RoutingContext context) {
        String name = context.pathParam("name");
        if (name.indexOf('\uFFFD') >= 0) {
            throw new IllegalArgumentException("The container's name in the path is not URL-encoded UTF-8.");
        }
        return name;
    }

    private Future<ContainersSnapshot> snapshot() {
        return bus.ask(Addresses.containers(controller), new AskContainers(true));
    }
}
