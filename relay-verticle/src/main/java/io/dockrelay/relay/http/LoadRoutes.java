package io.dockrelay.relay.http;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import io.dockrelay.listener.JsonAnswers;
import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.stats.AskLoadHistory;
import io.dockrelay.protocol.stats.AskRecentLoad;
import io.dockrelay.protocol.stats.RecentLoad;
import io.dockrelay.protocol.wire.ControllerLink;
import io.dockrelay.protocol.wire.LoadQueries;
import io.dockrelay.relay.fleet.Fleet;
import io.dockrelay.relay.fleet.FleetLookup;

/** Routes of the past load: of one container, and the last hour of all. On the relay's context. */
final class LoadRoutes {

    /** A controller that takes longer is left out of the list. */
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(5);

    private final Fleet fleet;
    private final Bus bus;

    /** The answer to {@code GET /api/stats/history}. */
    private record AllRecent(List<RecentLoad> controllers) {}

    LoadRoutes(Fleet fleet, Bus bus) {
        this.fleet = fleet;
        this.bus = bus;
    }

    void mount(Router router) {
        JsonAnswers.readable(router, "/api/container/:name/stats/history").handler(this::history);
        JsonAnswers.readable(router, "/api/stats/history").handler(this::recent);
    }

    private void history(RoutingContext context) {
        try {
            RelayQuery query = new RelayQuery(context.queryParams()::get);
            AskLoadHistory question = LoadQueries.read(ContainerRoutes.nameIn(context), context.queryParams()::get);
            ask(fleet.current(query.text("controller")), question, context);
        } catch (Refusal | IllegalArgumentException refusal) {
            JsonAnswers.refuse(context, refusal);
        }
    }

    /** A removed container is known to its controller only, so the request has to name the controller. */
    private void ask(String controller, AskLoadHistory question, RoutingContext context) {
        FleetLookup found = fleet.find(controller, question.container());
        boolean removed = found instanceof FleetLookup.None && controller != null && fleet.reachable(controller);
        Container container = removed ? null : found.orRefuse();
        String at = removed ? controller : container.controller();
        if (!fleet.reachable(at)) {
            throw new Refusal(RefusalKind.CONTROLLER_UNAVAILABLE, "Controller " + at + " is away.");
        }
        String name = removed ? question.container() : container.name();
        var named = new AskLoadHistory(name, question.since(), question.until(), question.stepMs());
        bus.ask(Addresses.loadHistory(at), named)
                .onSuccess(history -> JsonAnswers.send(context, 200, history))
                .onFailure(failure -> JsonAnswers.refuse(context, failure));
    }

    private void recent(RoutingContext context) {
        List<Future<RecentLoad>> asked = fleet.links(Instant.now()).stream()
                .map(ControllerLink::controller)
                .filter(fleet::reachable)
                .map(this::recent)
                .toList();
        Future.join(asked)
                .onSuccess(all -> {
                    List<RecentLoad> known = all.<RecentLoad>list().stream()
                            .filter(Objects::nonNull)
                            .toList();
                    JsonAnswers.send(context, 200, new AllRecent(known));
                })
                .onFailure(failure -> JsonAnswers.refuse(context, failure));
    }

    /** Null from a controller that keeps no history, or does not answer. */
    private Future<RecentLoad> recent(String controller) {
        return bus.ask(Addresses.recentLoad(controller).within(ANSWERS_WITHIN), new AskRecentLoad())
                .otherwise(refused -> null);
    }
}
