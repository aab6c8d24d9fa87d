package io.dockrelay.protocol.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.dockrelay.protocol.Golden;
import io.dockrelay.protocol.details.ContainerDetails;
import io.dockrelay.protocol.state.Container;
import io.dockrelay.protocol.state.ContainerStatus;
import io.dockrelay.protocol.state.Health;
import io.dockrelay.protocol.stats.LoadHistory;
import io.dockrelay.protocol.stats.RecentLoad;

import static org.assertj.core.api.Assertions.assertThat;

class GoldenMessagesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "initial_state",
                "status_change",
                "container_update",
                "containers_changed",
                "log_gap",
                "log_state",
                "action",
                "action_change",
                "engine_status",
                "controller_status",
                "error",
                "stats",
                "heartbeat",
                "pong"
            })
    void serverMessageIsTheSameAfterDecodingAndEncoding(String name) {
        ServerMessage message = WireJson.read(Golden.bytes(name), ServerMessage.class);

        assertThat(message).isNotInstanceOf(ServerMessage.Unrecognised.class);
        assertThat(Golden.tree(WireJson.write(message))).isEqualTo(Golden.tree(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"log_snapshot", "log_snapshot_empty", "new_logs"})
    void logFrameIsTheSameAfterDecodingAndEncoding(String name) {
        LogFrame frame = LogFrames.read(Golden.bytes(name));

        JsonNode written = Golden.tree(LogFrames.write(frame));
        assertThat(written).isEqualTo(Golden.tree(name));
        assertThat(frame.lines().lines()).isEqualTo(texts(Golden.tree(name).get("logs")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "client/subscribe_logs",
                "client/subscribe_logs_additive",
                "client/unsubscribe_logs",
                "client/subscribe_stats",
                "client/log_credit",
                "client/hello",
                "client/ping"
            })
    void clientMessageIsTheSameAfterDecodingAndEncoding(String name) throws InvalidMessage {
        ClientMessage message = ClientMessages.read(new String(Golden.bytes(name), StandardCharsets.UTF_8));

        assertThat(Golden.tree(WireJson.write(message))).isEqualTo(Golden.tree(name));
    }

    @Test
    void detailsAreTheSameAfterDecodingAndEncoding() {
        ContainerDetails details = WireJson.read(Golden.bytes("details"), ContainerDetails.class);

        assertThat(Golden.tree(WireJson.write(details))).isEqualTo(Golden.tree("details"));
    }

    @Test
    void pastLoadIsTheSameAfterDecodingAndEncoding() {
        LoadHistory history = WireJson.read(Golden.bytes("load_history"), LoadHistory.class);
        RecentLoad recent = WireJson.read(Golden.bytes("recent_load"), RecentLoad.class);

        assertThat(Golden.tree(WireJson.write(history))).isEqualTo(Golden.tree("load_history"));
        assertThat(Golden.tree(WireJson.write(recent))).isEqualTo(Golden.tree("recent_load"));
        assertThat(history.withController("other").host().controller()).isEqualTo("other");
    }

    @Test
    void messagesOfAV1ControllerAreUnderstood() {
        var initial = (ServerMessage.InitialState) WireJson.read(Golden.bytes("initial_state_v1"), ServerMessage.class);
        var change = (ServerMessage.StatusChange) WireJson.read(Golden.bytes("status_change_v1"), ServerMessage.class);
        LogFrame lines = LogFrames.read(Golden.bytes("new_logs_v1"));

        Container nginx = initial.containers().getFirst();
        assertThat(nginx.status()).isEqualTo(ContainerStatus.RUNNING);
        assertThat(nginx.health()).isEqualTo(Health.HEALTHY);
        assertThat(initial.controller()).isNull();
        assertThat(change.changes().getFirst().container()).isNull();
        assertThat(lines.cursor()).isNull();
        assertThat(lines.lines().streams()).containsExactly('o');
    }

    @Test
    void v1FieldsAreThereInEveryContainerEvenWhenNull() {
        for (JsonNode container : Golden.tree("container_update").get("containers")) {
            assertThat(container.fieldNames())
                    .toIterable()
                    .contains("name", "full_name", "status", "status_detail", "running", "health", "id", "created");
        }
    }

    @Test
    void unknownTypesAndFieldsAreIgnored() {
        byte[] newer = "{\"type\":\"from_the_future\",\"x\":[1]}".getBytes(StandardCharsets.UTF_8);

        assertThat(WireJson.read(newer, ServerMessage.class)).isInstanceOf(ServerMessage.Unrecognised.class);
        assertThat(LogFrames.read(newer)).isNull();
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::textValue)
                .toList();
    }
}
