package io.dockrelay.controller.server;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.dockrelay.controller.ControllerVerticle;
import io.dockrelay.controller.testing.Http;
import io.dockrelay.controller.testing.Settings;
import io.dockrelay.controller.testing.WireClient;
import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;

import static io.dockrelay.controller.testing.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.with;

/** The whole controller on a real engine, as WebSocket clients see it. */
@OnRealEngine
class ControllerServerTest {

    private static final String SLEEP = "trap 'exit 0' TERM; while :; do sleep 1000 & wait; done";

    private final TestEngine real;
    private final Vertx vertx = Vertx.vertx();
    private final ControllerVerticle controller = new ControllerVerticle();

    ControllerServerTest(TestEngine real) {
        this.real = real;
    }

    @BeforeEach
    void clean() {
        real.removeContainers();
    }

    @AfterEach
    void close() {
        await(vertx.close());
        real.start();
        real.removeContainers();
    }

    private WireClient connect() {
        if (vertx.deploymentIDs().isEmpty()) {
            JsonObject settings = Settings.json(real).put("labels", JsonArray.of("region=eu", "role=edge"));
            await(vertx.deployVerticle(controller, new DeploymentOptions().setConfig(settings)));
        }
        return WireClient.connect(vertx, controller.wsPort());
    }

    private static JsonNode golden(String name) throws IOException {
        try (InputStream file = ControllerServerTest.class.getResourceAsStream("/golden/" + name)) {
            return new ObjectMapper().readTree(file);
        }
    }

    private static List<String> fields(JsonNode object) {
        List<String> names = new ArrayList<>();
        for (Iterator<String> each = object.fieldNames(); each.hasNext(); ) {
            names.add(each.next());
        }
        return names;
    }

    @Test
    void initialStateComesFirstWithTheFieldsOfTheGoldenFile() throws IOException {
        real.run("web", SLEEP);
        try (WireClient client = connect()) {
            JsonNode initial = client.await("initial_state");
            assertThat(client.messages().get(0)).isEqualTo(initial);
            assertThat(fields(initial)).containsExactlyElementsOf(fields(golden("initial_state.json")));
            JsonNode web = initial.get("containers").get(0);
            assertThat(fields(web))
                    .containsExactlyElementsOf(fields(
                            golden("initial_state.json").get("containers").get(0)));
            assertThat(web.get("name").asText()).isEqualTo("web");
            assertThat(web.get("running").asBoolean()).isTrue();
            assertThat(initial.get("controller").asText()).isEqualTo(Settings.CONTROLLER);
            assertThat(initial.get("labels").get("role").asText()).isEqualTo("edge");
            assertThat(initial.get("timestamp").asText())
                    .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        }
    }

    @Test
    void changeIsSentAndNothingWithoutOne() throws IOException {
        real.run("web", SLEEP);
        try (WireClient client = connect()) {
            client.await("initial_state");
            with().during(Duration.ofSeconds(4))
                    .atMost(Duration.ofSeconds(8))
                    .await()
                    .until(() -> client.messages().size() == 1);
            real.docker("kill", "web");
            JsonNode message = client.await(Duration.ofSeconds(10), WireClient.ofType("status_change"));
            JsonNode change = message.get("changes").get(0);
            assertThat(fields(message)).containsExactlyElementsOf(fields(golden("status_change.json")));
            assertThat(fields(change))
                    .containsExactlyElementsOf(
                            fields(golden("status_change.json").get("changes").get(0)));
            assertThat(change.get("previousStatus").asText()).isEqualTo("running");
            assertThat(change.get("currentStatus").asText()).isEqualTo("exited");
            assertThat(change.get("exitCode").asInt()).isEqualTo(137);
            assertThat(change.get("container").get("status").asText()).isEqualTo("exited");
        }
    }

    @Test
    void statusTextsAreFreshForEachClient() {
        real.run("web", SLEEP);
        try (WireClient first = connect()) {
            first.await("initial_state");
            with().pollInterval(Duration.ofMillis(300))
                    .await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> {
                        try (WireClient next = connect()) {
                            JsonNode web = next.await("initial_state")
                                    .get("containers")
                                    .get(0);
                            return web.get("status_detail").asText().matches("Up [3-9] seconds");
                        }
                    });
            assertThat(first.messages("status_change")).isEmpty();
        }
    }

    @Test
    void outageOfTheEngineIsSent() {
        real.run("web", SLEEP);
        try (WireClient client = connect()) {
            client.await("initial_state");
            real.kill();
            assertThat(client.await("engine_status").get("available").asBoolean())
                    .isFalse();
            try (WireClient late = connect()) {
                late.await("engine_status");
                JsonNode web = late.messages().get(0).get("containers").get(0);
                assertThat(web.get("status").asText()).isEqualTo("unknown");
                assertThat(web.get("last_status").asText()).isEqualTo("running");
                assertThat(web.get("as_of").isTextual()).isTrue();
                assertThat(web.get("health").isNull()).isTrue();
            }
            real.start();
            client.await(
                    Duration.ofSeconds(3),
                    message -> WireClient.ofType("engine_status").test(message)
                            && message.get("available").asBoolean());
            client.await(message -> WireClient.ofType("status_change").test(message)
                    && message.get("changes")
                            .get(0)
                            .get("currentStatus")
                            .asText()
                            .equals("exited"));
        }
    }

    @Test
    void hostileFramesAreAnsweredAndDoNotHarmOthers() {
        real.run("web", SLEEP);
        try (WireClient client = connect();
                WireClient other = connect()) {
            List<String> hostile = List.of(
                    "",
                    "nonsense",
                    "{",
                    "[]",
                    "null",
                    "{}",
                    "{\"type\":17}",
                    "{\"type\":\"no_such_type\"}",
                    "{\"type\":\"subscribe_logs\"}",
                    "{\"type\":\"subscribe_logs\",\"container\":{\"a\":1}}",
                    "{\"type\":\"subscribe_logs\",\"container\":\"web\",\"lines\":\"100\"}",
                    "{\"type\":\"subscribe_logs\",\"container\":\"web\",\"lines\":-1}",
                    "{\"type\":\"subscribe_logs\",\"container\":\"web\",\"after\":\"nonsense\"}",
                    "{\"type\":\"unsubscribe_logs\"}",
                    "[".repeat(20_000),
                    "{\"type\":\"subscribe_logs\",\"container\":\"" + "a".repeat(10_000) + "\"}");
            for (int i = 0; i < 200; i++) {
                client.send(hostile.get(i % hostile.size()));
            }
            with().atMost(Duration.ofSeconds(10))
                    .await()
                    .until(() -> client.messages("error").size() == 200);
            assertThat(client.isClosed()).isFalse();
            client.send("{\"type\":\"ping\",\"id\":7}");
            assertThat(client.await("pong").get("id").asInt()).isEqualTo(7);
            real.docker("stop", "web");
            client.await("status_change");
            other.await("status_change");
        }
    }

    @Test
    void forbiddenFramesCloseTheSocketWithTheirCode() {
        try (WireClient binary = connect();
                WireClient large = connect()) {
            binary.sendBinary(new byte[] {1});
            assertThat(binary.awaitClose()).isEqualTo(1003);
            large.send("\"" + "x".repeat(70_000) + "\"");
            assertThat(large.awaitClose()).isEqualTo(1009);
        }
    }

    @Test
    void foreignPagesAndHostsAreRejected() {
        try (WireClient first = connect()) {
            first.await("initial_state");
        }
        var foreign = new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(controller.wsPort())
                .setURI("/")
                .addHeader("Origin", "https://evil.example");
        assertThatThrownBy(() -> WireClient.connect(vertx, foreign).close())
                .isInstanceOfSatisfying(
                        UpgradeRejectedException.class,
                        rejected -> assertThat(rejected.getStatus()).isEqualTo(403));
        var http = new Http(vertx, controller.apiPort());
        assertThat(http.send("GET", "/containers", Map.of("Host", "evil.example"))
                        .status())
                .isEqualTo(403);
        assertThat(http.send("POST", "/container/web/stop", Map.of("Origin", "https://evil.example"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void closedClientsLeaveNothing() {
        try (WireClient stays = connect()) {
            stays.await("initial_state");
            for (int i = 0; i < 50; i++) {
                try (WireClient client = connect()) {
                    client.await("initial_state");
                }
            }
            real.run("web", SLEEP);
            stays.await("status_change");
        }
    }

    @Test
    void portInUseIsReportedInOneSentence() {
        try (WireClient client = connect()) {
            client.await("initial_state");
            var second = new DeploymentOptions()
                    .setConfig(Settings.json(real).put("id", "edge-2").put("apiPort", controller.apiPort()));
            assertThatThrownBy(() -> await(vertx.deployVerticle(new ControllerVerticle(), second)))
                    .hasMessageContaining("is taken by another program")
                    .hasMessageContaining("CONTROLLER_API_PORT");
        }
    }
}
