package io.dockrelay.relay.http;

import java.time.Duration;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import io.dockrelay.listener.Identity;
import io.dockrelay.listener.JsonAnswers;
import io.dockrelay.listener.download.LogDownloads;
import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.ControlContainer;
import io.dockrelay.protocol.bus.ControlOutcome;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.details.AskDetails;
import io.dockrelay.protocol.logs.LogPage;
import io.dockrelay.protocol.logs.ReadLogs;
import io.dockrelay.protocol.rights.Permission;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.state.ContainerAction;
import io.dockrelay.protocol.wire.LogPages;
import io.dockrelay.protocol.wire.LogQueries;
import io.dockrelay.record.RecordedContainer;
import io.dockrelay.relay.audit.Actor;
import io.dockrelay.relay.audit.RelayAudit;
import io.dockrelay.relay.reads.LogReads;
import io.dockrelay.relay.view.Caller;

/** Routes of one container: start, stop, restart, configuration, and stored log. On the relay's context. */
final class ContainerRoutes {

    /** Upper limit of {@code ?wait=}, in seconds; longer than the longest stop grace. */
    private static final int LONGEST_WAIT = 300;

    /** Time limit for the controller's answer that the action has begun. */
    private static final Duration ACCEPTED_WITHIN = Duration.ofSeconds(20);

    private final RelayState state;
    private final Bus bus;
    private final LogReads reads;
    private final RelayAudit audit;
    private final LogDownloads downloads;
    private final OpenTransfers transfers;

    ContainerRoutes(Vertx vertx, RelayState state, Bus bus, OpenTransfers transfers) {
        this.state = state;
        this.transfers = transfers;
        this.reads = state.reads();
        this.audit = state.audit();
        this.bus = bus;
        this.downloads = new LogDownloads(vertx, bus);
    }

    void mount(Router router) {
        for (ContainerAction action : ContainerAction.values()) {
            router.post("/api/container/:name/" + action.wireName()).handler(context -> control(context, action));
        }
        JsonAnswers.readable(router, "/api/container/:name/logs").handler(this::logs);
        JsonAnswers.readable(router, "/api/container/:name/logs/download").handler(this::download);
        JsonAnswers.readable(router, "/api/container/:name/details").handler(this::details);
    }

    private void control(RoutingContext context, ContainerAction action) {
        Actor actor = Actor.of(context);
        try {
            RelayQuery query = queryOf(context);
            Duration wait = query.seconds("wait", LONGEST_WAIT);
            Caller caller = state.caller(context);
            Container container = reachable(
                    caller,
                    caller.container(Permission.CONTROL, action.wireName(), query.text("controller"), nameIn(context)));
            var request =
                    new ControlContainer(container.name(), action, query.flag("force"), wait != null, actor.name());
            Duration limit = wait == null ? ACCEPTED_WITHIN : wait;
            audit.controls()
                    .control(actor, container, request, () -> ask(container, request, limit))
                    .onSuccess(outcome -> controlled(context, outcome))
                    .onFailure(failure -> JsonAnswers.refuse(context, failure));
        } catch (Refusal | IllegalArgumentException refusal) {
            audit.refusals().refused(actor, action.wireName(), asked(context), refusal);
            JsonAnswers.refuse(context, refusal);
        }
    }

    /** The container of a refused request: as the request names it, unless it is known. */
    private RecordedContainer asked(RoutingContext context) {
        String controller = context.queryParams().get("controller");
        String name = context.pathParam("name");
        return state.views()
                .known(controller, name)
                .map(known -> new RecordedContainer(known.controller(), known.name(), known.id()))
                .orElseGet(() -> new RecordedContainer(controller, name, null));
    }

    private Future<ControlOutcome> ask(Container container, ControlContainer request, Duration limit) {
        return bus.ask(Addresses.control(container.controller()).within(limit), request)
                .recover(failure -> Future.failedFuture(describe(failure, request, limit)));
    }

    private static Throwable describe(Throwable failure, ControlContainer request, Duration limit) {
        boolean late = Refusal.is(RefusalKind.TIMED_OUT, failure);
        return late
                ? new Refusal(
                        RefusalKind.TIMED_OUT,
                        request.container() + " has not reached the requested state within " + limit.toSeconds()
                                + " s; the action continues.")
                : failure;
    }

    private static void controlled(RoutingContext context, ControlOutcome outcome) {
        if (outcome.ended()) {
            JsonAnswers.send(context, 200, ControlAnswers.Reached.of(outcome));
        } else {
            JsonAnswers.send(context, 202, ControlAnswers.Accepted.of(outcome));
        }
    }

    private void logs(RoutingContext context) {
        try {
            Container container = target(state.caller(context), Permission.LOGS, context);
            ReadLogs request = LogQueries.read(container.name(), context.queryParams()::get);
            String reader = Identity.of(context.request()).name();
            Future<LogPage> page = reads.page(container.controller(), request, reader);
            page.onSuccess(read -> JsonAnswers.send(context, 200, LogPages.write(read, container.controller())))
                    .onFailure(failure -> JsonAnswers.refuse(context, failure));
        } catch (Refusal | IllegalArgumentException refusal) {
            JsonAnswers.refuse(context, refusal);
        }
    }

    private void download(RoutingContext context) {
        try {
            // Validate the query first: a bad query is a 400 even while the controller is away.
            LogDownloads.check(context);
            Caller caller = state.caller(context);
            Container container = target(caller, Permission.LOGS, context);
            transfers.add(
                    context, caller, view -> view.mayNamed(Permission.LOGS, container.controller(), container.name()));
            downloads.send(context, container.controller(), container.name());
        } catch (Refusal | IllegalArgumentException refusal) {
            JsonAnswers.refuse(context, refusal);
        }
    }

    private void details(RoutingContext context) {
        try {
            Container container = target(state.caller(context), Permission.INSPECT, context);
            bus.ask(Addresses.details(container.controller()), new AskDetails(container.name()))
                    .onSuccess(details -> JsonAnswers.send(context, 200, details))
                    .onFailure(failure -> JsonAnswers.refuse(context, failure));
        } catch (Refusal | IllegalArgumentException refusal) {
            JsonAnswers.refuse(context, refusal);
        }
    }

    /** The container of the path, on a controller that can be reached, if this is allowed with it. */
    private static Container target(Caller caller, Permission permission, RoutingContext context) {
        String controller = queryOf(context).text("controller");
        return reachable(caller, caller.container(permission, controller, nameIn(context)));
    }

    private static Container reachable(Caller caller, Container container) {
        if (!caller.view().reachable(container.controller())) {
            throw new Refusal(
                    RefusalKind.CONTROLLER_UNAVAILABLE,
                    "Controller " + container.controller() + " is away; " + container.name() + " is on it.");
        }
        return container;
    }

    /** Decoding replaces bytes that are not UTF-8 by U+FFFD; no container's name contains it. */
    static String nameIn(RoutingContext context) {
        String name = context.pathParam("name");
        if (name.indexOf('\uFFFD') >= 0) {
            throw new IllegalArgumentException("The container's name in the path is not URL-encoded UTF-8.");
        }
        return name;
    }

    private static RelayQuery queryOf(RoutingContext context) {
        return new RelayQuery(context.queryParams()::get);
    }
}
