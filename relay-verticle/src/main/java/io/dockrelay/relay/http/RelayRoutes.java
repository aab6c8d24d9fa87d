package io.dockrelay.relay.http;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.listener.Identity;
import io.dockrelay.listener.JsonAnswers;
import io.dockrelay.listener.JsonErrors;
import io.dockrelay.protocol.bus.Bus;

/** All routes of the relay's port except the WebSockets. Created once, on the relay's context. */
public final class RelayRoutes {

    /** Below {@code /api} an unknown path is an error and not a route inside the page. */
    private static final String NOT_THE_API = "/(?!api(/|$)).*";

    private static final Logger log = LoggerFactory.getLogger(RelayRoutes.class);

    private RelayRoutes() {}

    /**
     * @param pathPrefix all routes exist with and without it, because a proxy may remove it
     */
    public static Router router(
            Vertx vertx, Bus bus, RelayState state, Assets assets, String pathPrefix, Entrance entrance) {
        Router routes = Router.router(vertx);
        var ofState = new StateRoutes(state, entrance);
        ofState.mountOpen(routes);
        entrance.signIn().mount(routes);
        var enrolments = new EnrolmentRoutes(state);
        enrolments.mountOpen(routes);
        routes.route("/api/*").handler(RelayRoutes::requireIdentity);
        var transfers = new OpenTransfers(vertx, state.views(), entrance.signIn());
        new ContainerRoutes(vertx, state, bus, transfers).mount(routes);
        new LoadRoutes(state, bus).mount(routes);
        new SearchRoutes(vertx, state, bus, transfers).mount(routes);
        ofState.mount(routes);
        new FleetRoutes(state).mount(routes);
        new HostRoutes(state).mount(routes);
        new RecordRoutes(vertx, state, transfers).mount(routes);
        new TokenRoutes(state, entrance.signIn()).mount(routes);
        enrolments.mount(routes);
        new DoctorRoutes(vertx).mount(routes);
        JsonAnswers.readable(routes, "/ws")
                .handler(context ->
                        JsonErrors.answer(context.response(), 426, "This path accepts only WebSocket connections."));
        Dashboard dashboard = new Dashboard(assets, pathPrefix);
        routes.routeWithRegex(HttpMethod.GET, NOT_THE_API).handler(dashboard);
        routes.routeWithRegex(HttpMethod.HEAD, NOT_THE_API).handler(dashboard);
        JsonErrors.install(routes);
        if (pathPrefix.isEmpty()) {
            return routes;
        }
        Router prefixed = Router.router(vertx);
        JsonAnswers.readable(prefixed, pathPrefix).handler(context -> addSlash(context, pathPrefix));
        prefixed.route(pathPrefix + "/*").subRouter(routes);
        prefixed.route("/*").subRouter(routes);
        JsonErrors.install(prefixed);
        return prefixed;
    }

    /** The listener has refused a request without one already, unless it takes the path for another one than the router. */
    private static void requireIdentity(RoutingContext context) {
        if (Identity.find(context.request()).isPresent()) {
            context.next();
        } else {
            context.fail(401);
        }
    }

    /** A path alone as the target: the browser adds the scheme, host and port that it knows, whatever a proxy changes. */
    private static void addSlash(RoutingContext context, String pathPrefix) {
        HttpServerRequest request = context.request();
        if (!request.path().equals(pathPrefix)) {
            context.next();
            return;
        }
        String query = request.query() == null ? "" : "?" + request.query();
        context.response()
                .setStatusCode(302)
                .putHeader("Location", pathPrefix + "/" + query)
                .end()
                .onFailure(gone -> log.debug("the client disconnected before the redirection"));
    }

    /** The exact paths of the files that the page loads. */
    public static Set<String> filePaths(Assets assets, String pathPrefix) {
        return assets.loadedByThePage()
                .flatMap(path -> Stream.of("/" + path, pathPrefix + "/" + path))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The paths at which a load balancer asks for the health. */
    public static Set<String> healthPaths(String pathPrefix) {
        return Set.copyOf(List.of(StateRoutes.HEALTH, pathPrefix + StateRoutes.HEALTH));
    }

    /** The paths of the browsers' WebSockets. */
    public static Set<String> socketPaths(String pathPrefix) {
        return Stream.of("/", "/ws", pathPrefix + "/", pathPrefix + "/ws").collect(Collectors.toUnmodifiableSet());
    }
}
