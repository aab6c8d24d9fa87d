package io.dockrelay.controller.server;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.listener.JsonErrors;
import io.dockrelay.protocol.bus.ControlOutcome;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.wire.WireJson;

/** The answers of the REST interface, and how they are sent. */
final class Answers {

    private static final Logger log = LoggerFactory.getLogger(Answers.class);

    private Answers() {}

    /** {@code GET /containers}. */
    record Containers(List<Container> containers) {}

    /** The same while the engine is away: what was last known. */
    record LastKnownContainers(String error, List<Container> containers) {}

    /** {@code GET /container/NAME/status}: the element, named as v1 names it here. */
    record Status(String container, @JsonUnwrapped Container element) {}

    /** The same while the engine is away. */
    record LastKnownStatus(
            String error, String container, @JsonUnwrapped Container element) {}

    /**
     * A start, stop or restart.
     *
     * @param status what is under way, or with {@code wait} the state that it reached
     * @param id that of the {@code action} messages
     */
    record Control(String status, String container, String message, String id) {

        static Control underWay(ControlOutcome outcome) {
            String name = outcome.container().name();
            String doing = outcome.action().underWay();
            return new Control(doing, name, doing + " " + name, outcome.id());
        }

        static Control reached(ControlOutcome outcome) {
            String name = outcome.container().name();
            String status = outcome.container().status().wireName();
            return new Control(status, name, name + " is " + status, outcome.id());
        }
    }

    static void send(RoutingContext context, int status, Record answer) {
        send(context, status, WireJson.write(answer));
    }

    static void send(RoutingContext context, int status, byte[] json) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        Future<Void> sent = response.setStatusCode(status)
                .putHeader("Content-Type", "application/json; charset=utf-8")
                .putHeader("Cache-Control", "no-store")
                .end(Buffer.buffer(json));
        sent.onFailure(gone -> log.debug("nobody was left to read {}", context.normalizedPath()));
    }

    /** With the refusal's own status and sentence; anything else is a bug of ours. */
    static void refuse(RoutingContext context, Throwable failure) {
        switch (failure) {
            case Refusal refusal ->
                JsonErrors.answer(context.response(), refusal.kind().httpStatus(), refusal.getMessage());
            case IllegalArgumentException bad ->
                refuse(context, new Refusal(RefusalKind.BAD_REQUEST, bad.getMessage()));
            default -> context.fail(failure);
        }
    }
}
