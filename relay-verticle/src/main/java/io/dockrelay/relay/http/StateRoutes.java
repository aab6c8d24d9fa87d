package io.dockrelay.relay.http;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import io.dockrelay.listener.JsonAnswers;
import io.dockrelay.protocol.rights.Permission;
import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.wire.ControllerLink;
import io.dockrelay.protocol.wire.LinkState;
import io.dockrelay.relay.browser.Browsers;
import io.dockrelay.relay.view.Caller;
import io.dockrelay.relay.view.FleetView;

/** Routes of the relay itself, answered from memory. On the relay's context. */
final class StateRoutes {

    static final String HEALTH = "/api/health";

    private static final int DEFAULT_CHANGES = 200;
    private static final int MAX_CHANGES = 5000;

    private final RelayState state;
    private final Browsers browsers;
    private final Clock clock;
    private final String build;
    private final Entrance entrance;

    StateRoutes(RelayState state, Entrance entrance) {
        this.state = state;
        this.browsers = state.browsers();
        this.clock = state.clock();
        this.build = state.build();
        this.entrance = entrance;
    }

    /** The routes of clients that have not signed in, too. */
    void mountOpen(Router router) {
        JsonAnswers.health(router, HEALTH).handler(this::health);
        JsonAnswers.readable(router, "/api/session").handler(this::session);
    }

    void mount(Router router) {
        JsonAnswers.readable(router, "/api/changes").handler(this::changes);
        JsonAnswers.readable(router, "/api/data").handler(this::current);
        JsonAnswers.readable(router, "/api/controllers").handler(this::controllers);
    }

    private void changes(RoutingContext context) {
        try {
            RelayQuery query = new RelayQuery(context.queryParams()::get);
            List<Change> newest = state.views()
                    .changes(
                            state.caller(context),
                            query.time("since"),
                            query.count("limit", DEFAULT_CHANGES, MAX_CHANGES));
            JsonAnswers.send(context, 200, new StateAnswer.Changes(newest));
        } catch (IllegalArgumentException bad) {
            JsonAnswers.refuse(context, bad);
        }
    }

    private void current(RoutingContext context) {
        try {
            Instant now = clock.instant();
            FleetView view = state.caller(context).view();
            LabelFilter filter = LabelFilter.of(context);
            Set<String> hosts = filter.among(view.links(now));
            List<StateAnswer.V1Container> containers = view.containers().stream()
                    .filter(container -> !filter.isOn() || hosts.contains(container.controller()))
                    .map(StateAnswer.V1Container::of)
                    .toList();
            JsonAnswers.send(context, 200, new StateAnswer.Current(now, containers, fetchError(view, hosts, now)));
        } catch (IllegalArgumentException bad) {
            JsonAnswers.refuse(context, bad);
        }
    }

    private void controllers(RoutingContext context) {
        try {
            LabelFilter filter = LabelFilter.of(context);
            List<ControllerLink> links = state.caller(context).view().links(clock.instant()).stream()
                    .filter(link -> filter.matches(link.labels()))
                    .toList();
            JsonAnswers.send(context, 200, new StateAnswer.Controllers(links));
        } catch (IllegalArgumentException bad) {
            JsonAnswers.refuse(context, bad);
        }
    }

    /** @param hosts the ids of the controllers that are asked for */
    private static String fetchError(FleetView view, Set<String> hosts, Instant now) {
        if (view.links(now).isEmpty()) {
            return "no controller is known yet";
        }
        List<String> away = Stream.concat(
                        view.links(now).stream()
                                .filter(link -> hosts.contains(link.controller()))
                                .filter(link -> link.state() != LinkState.CONNECTED)
                                .map(link -> "controller " + link.controller() + " is away"),
                        view.enginesAway().stream()
                                .filter(engine -> hosts.contains(engine.controller()))
                                .map(engine -> "the container engine of " + engine.controller() + " does not answer"))
                .toList();
        return away.isEmpty() ? null : String.join("; ", away);
    }

    /** The path is open, because a load balancer does not sign in: the client of a session is found here. */
    private void health(RoutingContext context) {
        entrance.signIn()
                .authentication()
                .admit(context.request())
                .onSuccess(admitted ->
                        JsonAnswers.send(context, 200, healthFor(state.views().caller(admitted))))
                .onFailure(refused -> JsonAnswers.send(context, 200, new StateAnswer.Alive("ok", build)));
    }

    /** A client that may not see everything gets no numbers of the whole relay. */
    private StateAnswer.Healthy healthFor(Caller caller) {
        boolean all = caller.view().rights().mayEverywhere(Permission.VIEW);
        return new StateAnswer.Healthy(
                "ok",
                build,
                caller.view().links(clock.instant()),
                all ? browsers.size() : null,
                all ? browsers.subscriptions() : null);
    }

    private void session(RoutingContext context) {
        String origin = new RelayQuery(context.queryParams()::get).text("origin");
        JsonAnswers.send(context, 200, entrance.session(context.request(), origin));
    }
}
