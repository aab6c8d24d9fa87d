package io.dockrelay.relay.bridge;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.listener.JsonErrors;
import io.dockrelay.protocol.wire.WireJson;

/** The one request of a SockJS client before its WebSocket, and the answer to those that open none. */
public final class BridgeRoutes {

    private static final Logger log = LoggerFactory.getLogger(BridgeRoutes.class);

    private static final int BEFORE_THE_PAGE = -1;

    private BridgeRoutes() {}

    /** Adds them before the routes of the page, which has every path. */
    public static void mount(Router router, BridgePaths paths) {
        router.routeWithRegex(HttpMethod.GET, paths.info())
                .order(BEFORE_THE_PAGE)
                .handler(BridgeRoutes::info);
        router.routeWithRegex(HttpMethod.GET, paths.sockets())
                .order(BEFORE_THE_PAGE)
                .handler(BridgeRoutes::onlySockets);
    }

    private static void onlySockets(RoutingContext context) {
        JsonErrors.answer(context.response(), 426, "This path accepts only WebSocket connections.");
    }

    private static void info(RoutingContext context) {
        Map<String, Object> info = Map.of(
                "websocket",
                true,
                "cookie_needed",
                false,
                "origins",
                List.of("*:*"),
                "entropy",
                ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE));
        context.response()
                .putHeader("Content-Type", "application/json; charset=utf-8")
                .putHeader("Cache-Control", "no-store")
                .end(Buffer.buffer(WireJson.write(info)))
                .onFailure(gone -> log.debug("the client disconnected before the answer"));
    }
}
