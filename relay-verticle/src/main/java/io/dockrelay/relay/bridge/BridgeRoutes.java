package io.dockrelay.relay.bridge;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.wire.WireJson;

/** The one request of a SockJS client before its WebSocket. */
public final class BridgeRoutes {

    private static final Logger log = LoggerFactory.getLogger(BridgeRoutes.class);

    private BridgeRoutes() {}

    /** The other routes, with that of the bridge before them. */
    public static Router before(Vertx vertx, BridgePaths paths, Router others) {
        Router router = Router.router(vertx);
        router.routeWithRegex(HttpMethod.GET, paths.info()).handler(BridgeRoutes::info);
        router.route("/*").subRouter(others);
        return router;
    }

    private static void info(RoutingContext context) {
        Map<String, Object> info = Map.of(
                "websocket", true,
                "cookie_needed", false,
                "origins", List.of("*:*"),
                "entropy", ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE));
        context.response()
                .putHeader("Content-Type", "application/json; charset=utf-8")
                .putHeader("Cache-Control", "no-store")
                .end(Buffer.buffer(WireJson.write(info)))
                .onFailure(gone -> log.debug("the client disconnected before the answer"));
    }
}
