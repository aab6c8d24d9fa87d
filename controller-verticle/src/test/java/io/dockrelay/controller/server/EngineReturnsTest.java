package io.dockrelay.controller.server;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.dockrelay.controller.testing.Settings;
import io.dockrelay.controller.testing.WireClient;
import io.dockrelay.protocol.bus.Addresses;
import io.dockrelay.protocol.bus.Bus;
import io.dockrelay.protocol.bus.ContainersChanged;
import io.dockrelay.protocol.bus.ContainersSnapshot;
import io.dockrelay.protocol.bus.EngineStatus;
import io.dockrelay.protocol.state.Actions;
import io.dockrelay.protocol.state.Change;
import io.dockrelay.protocol.state.ChangeReason;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.state.ContainerStatus;
import io.dockrelay.settings.SettingsLoader;

import static io.dockrelay.controller.testing.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

/** Clients that connected while the engine was away, against a scripted watcher on the bus. */
class EngineReturnsTest {

    private static final Instant THEN = Instant.parse("2025-11-25T22:52:32.016Z");
    private static final Container WEB = container("web", "0123456789ab", ContainerStatus.RUNNING);
    private static final Container DB = container("db", "ba9876543210", ContainerStatus.RUNNING);
    private static final Container DB_ENDED = container("db", "ba9876543210", ContainerStatus.EXITED);

    private final Vertx vertx = Vertx.vertx();
    private final Bus bus = Bus.of(vertx);
    private final ControllerServer server = new ControllerServer(Settings.of(
            vertx,
            new JsonObject()
                    .put("id", Settings.CONTROLLER)
                    .put("apiPort", 0)
                    .put("wsPort", 0)
                    .put(SettingsLoader.ENVIRONMENT, new JsonObject())));
    private volatile Future<ContainersSnapshot> snapshot = Future.succeededFuture(
            snapshot(1, false, List.of(WEB.unknownSince(THEN, "away"), DB.unknownSince(THEN, "away"))));

    @BeforeEach
    void open() {
        await(bus.answer(Addresses.containers(Settings.CONTROLLER), question -> snapshot)
                .ready());
        await(vertx.deployVerticle(server));
    }

    @AfterEach
    void close() {
        await(vertx.close());
    }

    private static Container container(String name, String id, ContainerStatus status) {
        return new Container(
                name, name, status, null, null, id, true, Settings.CONTROLLER, Actions.ALL_ALLOWED, null, null);
    }

    private static EngineStatus engine(boolean available) {
        return new EngineStatus(Settings.CONTROLLER, available, THEN, available ? null : "away");
    }

    private static ContainersSnapshot snapshot(long revision, boolean available, List<Container> containers) {
        return new ContainersSnapshot(Settings.CONTROLLER, revision, THEN, engine(available), containers);
    }

    @Test
    void clientThatGotUnknownStatesGetsTheStatesWithoutAChange() {
        try (WireClient client = WireClient.connect(vertx, server.wsPort())) {
            client.await("engine_status");

            Promise<ContainersSnapshot> answer = Promise.promise();
            snapshot = answer.future();
            bus.publish(Addresses.ENGINE_STATUS, engine(true));
            Change ended = Change.of(DB, DB_ENDED, ChangeReason.DIED, 1, THEN);
            bus.publish(
                    Addresses.CONTAINERS_CHANGED, new ContainersChanged(Settings.CONTROLLER, 2, THEN, List.of(ended)));
            // The server has the change before the answer, in whatever order the threads run.
            answer.complete(snapshot(2, true, List.of(WEB, DB_ENDED)));

            JsonNode changes = client.await(
                            message -> message.at("/changes/0/name").asText().equals("web"))
                    .get("changes");
            assertThat(changes).hasSize(1);
            assertThat(changes.at("/0/previousStatus").asText()).isEqualTo("unknown");
            assertThat(changes.at("/0/currentStatus").asText()).isEqualTo("running");
            assertThat(changes.at("/0/running").asBoolean()).isTrue();
            assertThat(client.messages("status_change")).hasSize(2);
        }
    }

    @Test
    void clientThatKnowsTheStatesGetsNothing() {
        snapshot = Future.succeededFuture(snapshot(1, true, List.of(WEB, DB)));
        try (WireClient client = WireClient.connect(vertx, server.wsPort())) {
            client.await("initial_state");

            bus.publish(Addresses.ENGINE_STATUS, engine(false));
            bus.publish(Addresses.ENGINE_STATUS, engine(true));
            Change ended = Change.of(DB, DB_ENDED, ChangeReason.DIED, 1, THEN);
            bus.publish(
                    Addresses.CONTAINERS_CHANGED, new ContainersChanged(Settings.CONTROLLER, 2, THEN, List.of(ended)));

            client.await("status_change");
            client.send("{\"type\":\"ping\",\"id\":1}");
            client.await("pong");
            assertThat(client.messages("status_change")).hasSize(1);
        }
    }
}
