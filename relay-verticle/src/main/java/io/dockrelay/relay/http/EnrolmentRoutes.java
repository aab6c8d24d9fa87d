package io.dockrelay.relay.http;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;

import io.dockrelay.listener.JsonAnswers;
import io.dockrelay.listener.JsonErrors;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.dial.DialPaths;
import io.dockrelay.protocol.dial.EnrolRequest;
import io.dockrelay.protocol.rights.Permission;
import io.dockrelay.protocol.wire.WireJson;
import io.dockrelay.record.RecordedAction;
import io.dockrelay.record.RecordedContainer;
import io.dockrelay.relay.audit.Actor;
import io.dockrelay.relay.audit.RelayAudit;
import io.dockrelay.relay.dial.EnrolmentDesk;

/**
 * Routes of enrolments: admins make, list and revoke them; a controller exchanges its token, which is all that it needs. On the
 * relay's context.
 */
final class EnrolmentRoutes {

    private static final String ENROLMENTS = "/api/enrolments";
    private static final int LARGEST_BODY = 8 * 1024;

    private final RelayState state;
    private final DialIn dialIn;
    private final EnrolmentDesk desk;
    private final RelayAudit audit;

    /** The body of a request for a token. */
    private record NewEnrolment(String name, Integer minutes) {}

    EnrolmentRoutes(RelayState state) {
        this.state = state;
        this.dialIn = state.dialIn();
        this.desk = dialIn.desk();
        this.audit = state.audit();
    }

    /** The route that needs no identity. */
    void mountOpen(Router router) {
        router.post(DialPaths.ENROL).handler(limited()).handler(this::exchange);
        JsonAnswers.readable(router, DialPaths.DIAL)
                .handler(context ->
                        JsonErrors.answer(context.response(), 426, "This path accepts only WebSocket connections."));
    }

    void mount(Router router) {
        JsonAnswers.readable(router, ENROLMENTS).handler(this::list);
        router.post(ENROLMENTS).handler(limited()).handler(this::make);
        router.delete(ENROLMENTS + "/:id").handler(this::revoke);
    }

    private static BodyHandler limited() {
        return BodyHandler.create(false).setBodyLimit(LARGEST_BODY);
    }

    private void list(RoutingContext context) {
        admitted(context, () -> {
            List<EnrolmentAnswer.One> all = desk.all().stream()
                    .map(one -> EnrolmentAnswer.One.of(
                            one,
                            dialIn.hosts().isThere(one.id()),
                            dialIn.hosts().problem(one.id()).orElse(null)))
                    .toList();
            JsonAnswers.send(context, 200, new EnrolmentAnswer.AllEnrolments(all));
        });
    }

    /** The body may have come late: the rights are those of now. */
    private void make(RoutingContext context) {
        admitted(context, () -> {
            if (!hasJson(context)) {
                return;
            }
            NewEnrolment asked = body(context, NewEnrolment.class, "{\"name\":\"cellar\",\"minutes\":60}");
            Optional<String> name = Optional.ofNullable(asked.name()).filter(given -> !given.isEmpty());
            int minutes = asked.minutes() == null ? EnrolmentDesk.DEFAULT_MINUTES : asked.minutes();
            Actor actor = Actor.of(context);
            desk.make(name, minutes)
                    .onSuccess(made -> {
                        audit.happened(
                                actor,
                                RecordedAction.ENROLMENT,
                                target(name.orElse(null)),
                                "token " + made.id() + " made, for " + minutes + " minutes");
                        String relay = dialIn.address(context.request());
                        String token = made.token().reveal();
                        JsonAnswers.send(
                                context,
                                201,
                                new EnrolmentAnswer.MadeEnrolment(
                                        made.id(), token, made.expires(), EnrolmentLines.of(relay, token, name)));
                    })
                    .onFailure(failed -> failed(context, actor, failed));
        });
    }

    private void revoke(RoutingContext context) {
        String id = context.pathParam("id");
        admitted(context, () -> {
            Actor actor = Actor.of(context);
            desk.revoke(id)
                    .onSuccess(found -> {
                        if (found) {
                            audit.happened(actor, RecordedAction.ENROLMENT, null, "enrolment " + id + " revoked");
                            JsonAnswers.send(context, 200, new EnrolmentAnswer.RevokedEnrolment(id, "revoked"));
                        } else {
                            JsonErrors.answer(
                                    context.response(), 404, "There is no such enrolment; the list has all of them.");
                        }
                    })
                    .onFailure(failed -> failed(context, actor, failed));
        });
    }

    /** Answers with 415 and returns false for a body that is no JSON. */
    private static boolean hasJson(RoutingContext context) {
        String type = context.request().getHeader("Content-Type");
        boolean json = type != null && type.matches("(?i)application/json\\s*(;.*)?");
        if (!json) {
            JsonErrors.answer(context.response(), 415, "The body must have the Content-Type application/json.");
        }
        return json;
    }

    private void exchange(RoutingContext context) {
        HttpServerRequest request = context.request();
        String address = dialIn.addresses().of(request);
        var actor = new Actor(address, address);
        Optional<String> problem = dialIn.door().problem(request);
        if (problem.isPresent()) {
            audit.refusals().refused(actor, RecordedAction.ENROLMENT, null, problem.get());
            JsonErrors.answer(context.response(), 403, problem.get());
            return;
        }
        if (!hasJson(context)) {
            return;
        }
        try {
            EnrolRequest asked = body(context, EnrolRequest.class, "{\"token\":\"…\",\"nonce\":\"…\"}");
            desk.exchange(asked)
                    .compose(answer -> dialIn.hosts().settled().map(answer))
                    .onSuccess(answer -> {
                        audit.happened(
                                actor, RecordedAction.ENROLMENT, target(answer.name()), "enrolled with its token");
                        JsonAnswers.send(context, 200, answer);
                    })
                    .onFailure(failed -> {
                        if (failed instanceof Refusal refusal) {
                            audit.refusals().refused(actor, RecordedAction.ENROLMENT, null, refusal.getMessage());
                        }
                        JsonAnswers.refuse(context, failed);
                    });
        } catch (IllegalArgumentException wrong) {
            JsonAnswers.refuse(context, wrong);
        }
    }

    private void admitted(RoutingContext context, Runnable then) {
        Actor actor = Actor.of(context);
        try {
            state.caller(context).require(Permission.ADMIN, RecordedAction.ENROLMENT, null);
            then.run();
        } catch (Refusal | IllegalArgumentException refusal) {
            failed(context, actor, refusal);
        }
    }

    /** What a client asks for and does not get is in the record. */
    private void failed(RoutingContext context, Actor actor, Throwable failed) {
        if (failed instanceof Refusal || failed instanceof IllegalArgumentException) {
            audit.refusals().refused(actor, RecordedAction.ENROLMENT, null, (RuntimeException) failed);
        }
        JsonAnswers.refuse(context, failed);
    }

    private static <T> T body(RoutingContext context, Class<T> type, String example) {
        Buffer body = context.body().buffer();
        try {
            if (body != null) {
                T read = WireJson.read(body.getBytes(), type);
                if (read != null) {
                    return read;
                }
            }
        } catch (UncheckedIOException other) {
            // Its own message may contain a part of the body.
        }
        throw new IllegalArgumentException("The body must be JSON such as " + example + ".");
    }

    private static RecordedContainer target(String host) {
        return host == null ? null : new RecordedContainer(host, null, null);
    }
}
