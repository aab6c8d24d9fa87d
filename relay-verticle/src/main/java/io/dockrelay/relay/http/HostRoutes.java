package io.dockrelay.relay.http;

import java.util.List;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;

import io.dockrelay.listener.JsonAnswers;
import io.dockrelay.listener.JsonErrors;
import io.dockrelay.protocol.bus.Refusal;
import io.dockrelay.protocol.rights.Permission;
import io.dockrelay.record.RecordedAction;
import io.dockrelay.record.RecordedContainer;
import io.dockrelay.relay.audit.Actor;
import io.dockrelay.relay.audit.RelayAudit;
import io.dockrelay.relay.hosts.HostState;
import io.dockrelay.relay.hosts.Hosts;
import io.dockrelay.relay.hosts.NewHost;

/** Routes of the hosts that the relay connects to, for admins. On the relay's context. */
final class HostRoutes {

    private static final String HOSTS = "/api/hosts";
    private static final int LARGEST_BODY = 16 * 1024;

    private final RelayState state;
    private final Hosts hosts;
    private final RelayAudit audit;

    /** {@code GET /api/hosts}. */
    private record All(List<HostState> hosts) {}

    /** {@code DELETE /api/hosts/NAME}. */
    private record RemovedHost(String name, String status) {}

    HostRoutes(RelayState state) {
        this.state = state;
        this.hosts = state.hosts();
        this.audit = state.audit();
    }

    void mount(Router router) {
        JsonAnswers.readable(router, HOSTS).handler(this::list);
        router.post(HOSTS)
                .handler(BodyHandler.create(false).setBodyLimit(LARGEST_BODY))
                .handler(this::add);
        router.delete(HOSTS + "/:name").handler(this::remove);
    }

    private void list(RoutingContext context) {
        admitted(context, null, () -> {
            LabelFilter filter = LabelFilter.of(context);
            List<HostState> matching = hosts.all().stream()
                    .filter(host -> filter.matches(host.labels()))
                    .toList();
            JsonAnswers.send(context, 200, new All(matching));
        });
    }

    /** The body may have come late: the rights are those of now. */
    private void add(RoutingContext context) {
        admitted(context, null, () -> {
            String type = context.request().getHeader("Content-Type");
            if (type == null || !type.matches("(?i)application/json\\s*(;.*)?")) {
                JsonErrors.answer(context.response(), 415, "The body must have the Content-Type application/json.");
                return;
            }
            Buffer body = context.body().buffer();
            NewHost asked = NewHost.read(body == null ? new byte[0] : body.getBytes());
            Actor actor = Actor.of(context);
            hosts.add(asked)
                    .onSuccess(added -> {
                        audit.happened(actor, RecordedAction.HOST, target(added.name()), "added: " + added.url());
                        JsonAnswers.send(context, 201, added);
                    })
                    .onFailure(failed -> failed(context, actor, asked.name(), failed));
        });
    }

    private void remove(RoutingContext context) {
        String name = context.pathParam("name");
        admitted(context, name, () -> {
            Actor actor = Actor.of(context);
            hosts.remove(name)
                    .onSuccess(removed -> {
                        audit.happened(actor, RecordedAction.HOST, target(name), "removed");
                        JsonAnswers.send(context, 200, new RemovedHost(name, "removed"));
                    })
                    .onFailure(failed -> failed(context, actor, name, failed));
        });
    }

    /** @param name of the host that the request is about; null for none */
    private void admitted(RoutingContext context, String name, Runnable then) {
        Actor actor = Actor.of(context);
        try {
            state.caller(context).require(Permission.ADMIN, RecordedAction.HOST, name);
            then.run();
        } catch (Refusal | IllegalArgumentException refusal) {
            failed(context, actor, name, refusal);
        }
    }

    /** What a client asks for and does not get is in the record. */
    private void failed(RoutingContext context, Actor actor, String name, Throwable failed) {
        if (failed instanceof Refusal || failed instanceof IllegalArgumentException) {
            audit.refusals().refused(actor, RecordedAction.HOST, target(name), (RuntimeException) failed);
        }
        JsonAnswers.refuse(context, failed);
    }

    private static RecordedContainer target(String name) {
        return name == null ? null : new RecordedContainer(name, null, null);
    }
}
