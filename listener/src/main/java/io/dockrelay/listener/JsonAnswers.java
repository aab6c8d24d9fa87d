package io.dockrelay.listener;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.wire.WireJson;

/**
 * Sends the answers of every REST interface: JSON that is not cached, or a refusal's sentence. On the request's
 * context; a client that has disconnected meanwhile is not an error.
 */
public final class JsonAnswers {

    private static final Logger log = LoggerFactory.getLogger(JsonAnswers.class);

    private JsonAnswers() {}

    /** A route for GET and HEAD of a path. */
    public static Route readable(Router router, String path) {
        return router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD);
    }

    /** A route for the health, also for the OPTIONS of a load balancer. */
    public static Route health(Router router, String path) {
        return readable(router, path).method(HttpMethod.OPTIONS);
    }

    /** The record as JSON. */
    public static void send(RoutingContext context, int status, Record answer) {
        send(context, status, WireJson.write(answer));
    }

    /** Encoded JSON, in UTF-8. */
    public static void send(RoutingContext context, int status, byte[] json) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        Future<Void> sent = response.setStatusCode(status)
                .putHeader("Content-Type", "application/json; charset=utf-8")
                .putHeader("Cache-Control", "no-store")
                .end(Buffer.buffer(json));
        sent.onFailure(gone -> log.debug("the client disconnected before the answer to {}", context.normalizedPath()));
    }

    /** Answers with the refusal's own status and sentence; any other failure is a bug of this program. */
    public static void refuse(RoutingContext context, Throwable failure) {
        switch (failure) {
            case Refusal refusal -> JsonErrors.answer(context.response(), refusal);
            case IllegalArgumentException bad ->
                refuse(context, new Refusal(RefusalKind.BAD_REQUEST, bad.getMessage()));
            default -> context.fail(failure);
        }
    }
}
