package io.dockrelay.relay.uplink;

import java.net.URI;
import java.time.Instant;
import java.util.List;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.ContainersSnapshot;
import io.dockrelay.protocol.bus.ControllerPresence;
import io.dockrelay.protocol.bus.EngineStatus;
import io.dockrelay.protocol.bus.RefusalKind;
import io.dockrelay.protocol.state.ChangeReason;
import io.dockrelay.protocol.state.ContainerStatus;
import io.dockrelay.protocol.wire.LinkState;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class UplinkTest extends UplinkFixture {

    @Test
    void handshakeHasNoOriginHeader() throws Exception {
        connect();

        assertThat(remote.handshakes)
                .isNotEmpty()
                .allSatisfy(names -> assertThat(names).noneMatch(name -> name.equalsIgnoreCase("Origin")));
    }

    @Test
    void controllerIsOnTheBusWhileItIsConnected() throws Exception {
        connect();
        ContainersSnapshot list = containers(false);
        assertThat(list.containers()).hasSize(1);
        assertThat(list.containers().getFirst().controller()).isEqualTo(ID);
        assertThat(list.engine().available()).isTrue();
        assertThat(changes).isEmpty();
        done(vertx.undeploy(deployment));
        assertThat(presences.getLast().left()).isTrue();
        assertThat(refusal(() -> containers(false)).kind()).isEqualTo(RefusalKind.CONTROLLER_UNAVAILABLE);
        await().until(() -> remote.subscribed().isEmpty());
    }

    @Test
    void changesEngineAndActionsArePassedOn() throws Exception {
        connect();
        long before = containers(false).revision();
        remote.status = "exited";
        remote.send(statusChange(true));
        await().until(() -> changes.size() == 1);
        assertThat(changes.getFirst().revision()).isEqualTo(before + 1);
        assertThat(changes.getFirst().controller()).isEqualTo(ID);
        assertThat(changes.getFirst().changes().getFirst().currentStatus()).isEqualTo(ContainerStatus.EXITED);
        assertThat(containers(false).containers().getFirst().status()).isEqualTo(ContainerStatus.EXITED);
        remote.send(new JsonObject()
                .put("type", "engine_status")
                .put("available", false)
                .put("since", "2025-11-25T22:52:32.016Z")
                .put("message", "gone"));
        await().until(() -> !engines.isEmpty());
        assertThat(engines.getFirst())
                .isEqualTo(new EngineStatus(ID, false, Instant.parse("2025-11-25T22:52:32.016Z"), "gone"));
        remote.send(new JsonObject()
                .put("type", "action")
                .put("id", "1")
                .put("container", "web")
                .put("action", "stop")
                .put("state", "done"));
        await().until(() -> !actions.isEmpty());
        assertThat(actions.getFirst().controller()).isEqualTo(ID);
    }

    @Test
    void actionInProgressIsInTheListUntilTheControllerEndsIt() throws Exception {
        connect();
        JsonObject begun = actionChange();
        JsonObject element = begun.getJsonArray("changes").getJsonObject(0).getJsonObject("container");
        element.put(
                "action",
                new JsonObject().put("action", "stop").put("by", "ann").put("grace", 45));
        remote.send(begun);
        await().until(() -> changes.size() == 1);
        assertThat(changes.getFirst().changes().getFirst().reason()).isEqualTo(ChangeReason.ACTION);
        assertThat(containers(true).containers().getFirst().action().grace()).isEqualTo(45);

        remote.send(actionChange());
        await().until(() -> changes.size() == 2);
        assertThat(containers(false).containers().getFirst().action()).isNull();
    }

    private JsonObject actionChange() {
        JsonObject message = statusChange(true).put("type", "action_change");
        message.getJsonArray("changes").getJsonObject(0).put("reason", "action");
        return message;
    }

    @Test
    void differencesAfterAnOutageArePublishedAsChanges() throws Exception {
        connect();
        remote.stop();
        await().until(() -> presences.getLast().link() == LinkState.WAITING);
        assertThat(presences.getLast().attempt()).isEqualTo(1);
        assertThat(presences.getLast().retryInMs()).isBetween(0L, 1_000L);
        remote.status = "exited";
        remote.start();
        await().until(() -> presences.getLast().link() == LinkState.CONNECTED);
        await().until(() -> changes.size() == 1);
        assertThat(changes.getFirst().changes().getFirst().reason()).isEqualTo(ChangeReason.STOPPED);
    }

    @Test
    void freshListComesFromTheController() throws Exception {
        connect();
        assertThat(containers(true).containers()).hasSize(1);
        assertThat(remote.requests).contains("GET /containers");
    }

    @Test
    void oldStatusTextsAreFetchedAgain() throws Exception {
        connect();
        await().until(() -> {
            boolean served = containers(false).containers().size() == 1;
            return served && remote.requests.contains("GET /containers");
        });
        remote.httpStatus = 500;
        await().during(LIMITS.textsLast().multipliedBy(2))
                .until(() -> containers(false).containers().size() == 1);
    }

    @Test
    void unreadableFrameIsIgnored() throws Exception {
        connect();
        remote.sendText("{\"type\":\"new_logs\",\"container\":\"web\"}");
        remote.sendText("nonsense");
        remote.sendText("{\"type\":\"from_the_future\"}");
        remote.status = "paused";
        remote.send(statusChange(true));
        await().until(() -> changes.size() == 1);
        assertThat(remote.connections).hasValue(1);
    }

    @Test
    void connectionWithoutInitialStateIsClosed() throws Exception {
        remote.withoutGreeting = true;
        deploy();
        await().until(() -> presences.stream().anyMatch(each -> each.link() == LinkState.WAITING));
        remote.withoutGreeting = false;
        await().until(() -> connected(ID));
    }

    @Test
    void silentConnectionIsClosedAndDialledAgain() throws Exception {
        remote.start();
        var proxy = new FreezingProxy(vertx, remote.target().ws().getPort());
        var target = new UplinkTarget(
                URI.create("ws://localhost:" + proxy.port()), remote.target().api());
        deployment = FakeController.get(vertx.deployVerticle(new Uplink(target, LIMITS, new RepresentedIds())));
        await().until(() -> connected(ID));
        proxy.freeze(true);
        await().until(() -> presences.getLast().link() == LinkState.WAITING);
        proxy.freeze(false);
        await().until(() -> presences.getLast().link() == LinkState.CONNECTED);
        assertThat(remote.connections).hasValueGreaterThan(1);
    }

    @Test
    void anotherInitialStateReplacesTheList() throws Exception {
        connect();
        remote.sendText("{\"type\":\"initial_state\",\"controller\":\"far-away\",\"protocol\":1,\"containers\":[]}");
        await().until(() -> changes.size() == 1);
        assertThat(changes.getFirst().changes().getFirst().reason()).isEqualTo(ChangeReason.REMOVED);
    }

    @Test
    void uplinkIsPassiveWhileTheControllerIsOnTheBus() throws Exception {
        connect();
        bus.publish(
                Addresses.CONTROLLERS,
                new ControllerPresence(ID, LinkState.CONNECTED, Instant.now(), 0, null, false, List.of()));
        await().until(() -> refused(() -> containers(false)));
        int before = presences.size();
        remote.status = "exited";
        remote.send(statusChange(true));
        remote.awaitReceived();
        bus.publish(Addresses.CONTROLLERS, new ControllerPresence(ID, null, Instant.now(), 0, null, false, List.of()));
        await().until(() -> !refused(() -> containers(false)));
        assertThat(changes).isEmpty();
        assertThat(presences.subList(before, presences.size()))
                .allMatch(presence -> !presence.uplink() || presence.link() == LinkState.CONNECTED);
    }
}
