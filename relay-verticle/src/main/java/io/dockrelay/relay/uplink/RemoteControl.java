package io.dockrelay.relay.uplink;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;

import io.dockrelay.protocol.bus.ControlContainer;
import io.dockrelay.protocol.bus.ControlOutcome;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.state.ContainerAction;
import io.dockrelay.protocol.state.ContainerStatus;
import io.dockrelay.protocol.wire.WireJson;

/** Starts, stops and restarts containers over a controller's REST interface. On the uplink's context. */
final class RemoteControl {

    /** For an action that is followed to its end; the caller's own timeout is longer. */
    private static final Duration ENDS_WITHIN = Duration.ofMinutes(5);

    /** For the exchange itself. */
    private static final Duration EXCHANGE = Duration.ofSeconds(15);

    /**
     * The body of an answer.
     *
     * @param id that of the {@code action} messages; null from a version 1 controller
     * @param waitsFor the action in progress that has to end first; null for none
     */
    private record Reached(
            String status,
            String container,
            String id,
            @JsonProperty("waits_for") ContainerAction waitsFor) {}

    private final ControllerRest rest;
    private final RemoteList list;

    RemoteControl(ControllerRest rest, RemoteList list) {
        this.rest = rest;
        this.list = list;
    }

    Future<ControlOutcome> control(ControlContainer request) {
        Duration timeout = request.toTheEnd() ? ENDS_WITHIN.plus(EXCHANGE) : EXCHANGE;
        return rest.send(HttpMethod.POST, path(request), timeout).compose(answer -> outcome(request, answer));
    }

    private static String path(ControlContainer request) {
        List<String> parameters = new ArrayList<>();
        if (request.toTheEnd()) {
            parameters.add("wait=" + ENDS_WITHIN.toSeconds());
        }
        if (request.force()) {
            parameters.add("force=true");
        }
        if (request.by() != null) {
            parameters.add("by=" + ControllerRest.encode(request.by()));
        }
        String query = String.join("&", parameters);
        return "/container/" + ControllerRest.encode(request.container()) + "/"
                + request.action().wireName() + (query.isEmpty() ? "" : "?" + query);
    }

    private Future<ControlOutcome> outcome(ControlContainer request, ControllerRest.Answer answer) {
        return ControllerRest.accepted(answer).compose(body -> {
            try {
                Reached reached = WireJson.read(body.getBytes(), Reached.class);
                boolean ended = answer.status() == 200;
                Container container = container(request, reached, ended);
                return Future.succeededFuture(
                        new ControlOutcome(reached.id(), request.action(), container, ended, reached.waitsFor()));
            } catch (UncheckedIOException e) {
                return Future.failedFuture(ControllerRest.unreadable("answer", e));
            }
        });
    }

    /** The container of the list, with the status of the answer. */
    private Container container(ControlContainer request, Reached reached, boolean ended) {
        Container known = list.find(request.container());
        String name = reached.container() == null ? request.container() : reached.container();
        Container before = known == null ? unknown(name) : known;
        ContainerStatus status = ended ? ContainerStatus.of(reached.status()) : before.status();
        if (status == before.status() || status == ContainerStatus.UNKNOWN) {
            return before;
        }
        return new Container(
                before.name(),
                before.fullName(),
                status,
                null,
                null,
                before.id(),
                true,
                list.controller(),
                before.actions(),
                before.details(),
                null);
    }

    private Container unknown(String name) {
        return new Container(name, name, null, null, null, null, true, list.controller(), null, null, null);
    }
}
