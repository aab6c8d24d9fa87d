package io.dockrelay.relay.http;

import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;

import io.dockrelay.listener.JsonAnswers;
import io.dockrelay.listener.JsonErrors;
import io.dockrelay.protocol.bus.Bus;

/** All routes of the relay's port except the WebSockets. Created once, on the relay's context. */
public final class RelayRoutes {

    /** Below {@code /api} an unknown path is an error and not a route inside the page. */
    private static final String NOT_THE_API = "/(?!api(/|$)).*";

    private RelayRoutes() {}

    /**
     * @param pathPrefix all routes exist with and without it, because a proxy may remove it
     * @param full whether one more WebSocket would be refused
     */
    public static Router router(
            Vertx vertx, Bus bus, RelayState state, Assets assets, String pathPrefix, BooleanSupplier full) {
        Router routes = Router.router(vertx);
        new ContainerRoutes(vertx, state.fleet(), bus).mount(routes);
        new StateRoutes(state, full).mount(routes);
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
        prefixed.route(pathPrefix + "/*").subRouter(routes);
        prefixed.route("/*").subRouter(routes);
        JsonErrors.install(prefixed);
        return prefixed;
    }

    /** The paths of the browsers' WebSockets. */
    public static Set<String> socketPaths(String pathPrefix) {
        return Stream.of("/", "/ws", pathPrefix + "/", pathPrefix + "/ws").collect(Collectors.toUnmodifiableSet());
    }
}
