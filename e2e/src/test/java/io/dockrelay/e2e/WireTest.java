package io.dockrelay.e2e;

import java.util.List;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.dockrelay.docker.testing.OnRealEngine;
import io.dockrelay.docker.testing.TestEngine;
import io.dockrelay.e2e.harness.Await;
import io.dockrelay.e2e.harness.SplitDeployment;
import io.dockrelay.e2e.harness.WireClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Each message of docs/protocol.md on the wire, with the fields and formats that clients of version 1 need. */
@OnRealEngine
class WireTest {

    private static final String TIMESTAMP = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";
    private static final String LINE = "(?s)\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{9}Z .*";
    private static final String LOOP = "trap 'exit 0' TERM; i=0; while :; do i=$((i+1)); echo line $i; sleep 0.1; done";

    private static TestEngine engine;
    private static SplitDeployment deployment;

    @BeforeAll
    static void open(TestEngine shared) {
        engine = shared;
        engine.run("web", LOOP, "--health-cmd", "true", "--health-interval", "1s");
        deployment = SplitDeployment.open(shared);
    }

    @AfterAll
    static void close() {
        deployment.close();
    }

    @Test
    void firstMessageOfAControllerIsItsInitialState() {
        try (WireClient client = deployment.controllerClient()) {
            JsonNode first = client.messages().getFirst();

            assertThat(fields(first)).startsWith("type", "timestamp", "containers");
            assertThat(first.path("type").asText()).isEqualTo("initial_state");
            assertThat(first.path("timestamp").asText()).matches(TIMESTAMP);
            assertV1Container(first.path("containers").get(0));
            assertThat(first.path("controller").asText()).isEqualTo("edge-1");
            assertThat(first.path("protocol").asInt()).isEqualTo(1);
        }
    }

    @Test
    void firstMessageOfTheRelayIsAContainerUpdate() {
        try (WireClient client = deployment.browser("web")) {
            JsonNode first = client.messages().getFirst();

            assertThat(fields(first)).startsWith("type", "timestamp", "containers");
            assertThat(first.path("type").asText()).isEqualTo("container_update");
            assertThat(first.has("changes"))
                    .as("no changes in the first message")
                    .isFalse();
            assertV1Container(
                    client.awaitType("container_update").path("containers").get(0));
            JsonNode controller = first.path("controllers").get(0);
            assertThat(fields(controller))
                    .containsExactlyInAnyOrder(
                            "controller", "state", "since", "attempt", "retry_in_ms", "features", "link");
        }
    }

    @Test
    void changeHasTheCamelCaseNamesOfV1() {
        try (WireClient controller = deployment.controllerClient();
                WireClient browser = deployment.browser("web");
                WireClient delta = deployment.browser("web")) {
            delta.send("{\"type\":\"hello\",\"features\":[\"deltas\"]}");
            Await.until(
                    "the whole list again",
                    Await.DEFAULT,
                    () -> delta.messages("container_update").size() > 1);

            engine.run("other", "sleep 60");

            assertV1Change(controller.await("a change", WireTest::hasOther));
            assertV1Change(browser.await("a change", WireTest::hasOther));
            JsonNode changed = delta.await("containers_changed", WireClient.ofType("containers_changed"));
            assertThat(fields(changed))
                    .containsExactlyInAnyOrder("type", "timestamp", "revision", "containers", "removed", "changes");
            assertThat(changed.path("containers")).hasSize(1);
        }
        engine.docker("rm", "--force", "other");
    }

    @Test
    void logsHaveTheFieldsOfV1() {
        for (String url : List.of(deployment.controllerUrl(), deployment.relayUrl())) {
            try (WireClient client = WireClient.connect(url)) {
                Await.until(
                        "web is listed",
                        Await.DEFAULT,
                        () -> client.messages().toString().contains("\"web\""));
                client.subscribe("web", 2);

                JsonNode snapshot = client.awaitType("log_snapshot");
                assertLogs(snapshot);
                assertThat(snapshot.path("logs")).hasSize(2);
                assertThat(snapshot.path("more_before").isBoolean()).isTrue();
                assertLogs(client.awaitType("new_logs"));
                assertThat(client.texts("web")).doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void secondSubscriptionReplacesTheFirst() {
        try (WireClient browser = deployment.browser("web")) {
            browser.subscribe("web", 1);
            browser.awaitType("new_logs");
            browser.subscribe("web", 0);
            Await.until(
                    "a second snapshot",
                    Await.DEFAULT,
                    () -> browser.messages("log_snapshot").size() == 2);

            List<String> live = browser.messages("new_logs").stream()
                    .flatMap(
                            message -> StreamSupport.stream(message.path("logs").spliterator(), false))
                    .map(JsonNode::asText)
                    .toList();
            assertThat(live).doesNotHaveDuplicates();
        }
    }

    @Test
    void controlIsReportedToAllClients() {
        engine.run("job", "trap 'exit 0' TERM; while :; do sleep 0.1; done");
        try (WireClient controller = deployment.controllerClient();
                WireClient browser = deployment.browser("job")) {
            assertThat(deployment
                            .relayApi()
                            .post("/api/container/job/restart?wait=20")
                            .status())
                    .isEqualTo(200);

            for (WireClient client : List.of(controller, browser)) {
                JsonNode done =
                        client.await("done", m -> m.path("state").asText().equals("done"));
                assertThat(fields(done)).contains("type", "id", "container", "action", "state", "at", "message", "by");
                assertThat(done.path("type").asText()).isEqualTo("action");
                assertThat(done.path("action").asText()).isEqualTo("restart");
                assertThat(client.messages("action").stream()
                                .map(m -> m.path("state").asText()))
                        .containsExactly("accepted", "done");
            }
        }
        engine.docker("rm", "--force", "job");
    }

    @Test
    void relayAnswersPingsAndSendsHeartbeats() {
        try (WireClient browser = WireClient.connect(deployment.relayUrl())) {
            browser.send("{\"type\":\"ping\",\"id\":7}");

            JsonNode pong = browser.awaitType("pong");
            assertThat(pong.path("id").asInt()).isEqualTo(7);
            assertThat(pong.path("timestamp").asText()).matches(TIMESTAMP);
            JsonNode heartbeat = browser.awaitType("heartbeat");
            assertThat(fields(heartbeat)).containsExactlyInAnyOrder("type", "timestamp", "build");
        }
    }

    @Test
    void subscriptionsOfOneSocketHaveTheirOwnPositions() {
        for (String url : List.of(deployment.controllerUrl(), deployment.relayUrl())) {
            try (WireClient client = WireClient.connect(url)) {
                Await.until(
                        "web is listed",
                        Await.DEFAULT,
                        () -> client.messages().toString().contains("\"web\""));
                client.send("{\"type\":\"subscribe_logs\",\"container\":\"web\",\"lines\":1,\"sub\":\"a\"}");
                client.send("{\"type\":\"subscribe_logs\",\"container\":\"web\",\"lines\":3,\"sub\":\"b\"}");

                JsonNode b = client.await("b", m -> m.path("sub").asText().equals("b"));
                JsonNode a = client.await("a", m -> m.path("sub").asText().equals("a"));
                assertThat(a.path("logs")).hasSize(1);
                assertThat(b.path("logs")).hasSize(3);
                client.send("{\"type\":\"unsubscribe_logs\",\"container\":\"web\",\"sub\":\"a\"}");
                int mark = client.mark();
                client.awaitAfter(
                        mark,
                        "more lines of b",
                        Await.DEFAULT,
                        m -> m.path("sub").asText().equals("b"));
            }
        }
    }

    private static void assertV1Container(JsonNode container) {
        assertThat(fields(container))
                .contains("name", "full_name", "status", "status_detail", "running", "health", "id", "created");
        assertThat(container.path("running").isBoolean()).isTrue();
        assertThat(container.path("created").asBoolean()).isTrue();
        assertThat(container.path("id").asText()).matches("[0-9a-f]{12}");
        assertThat(container.path("status").asText())
                .isIn("created", "running", "paused", "restarting", "removing", "exited", "dead");
    }

    private static void assertV1Change(JsonNode message) {
        assertThat(message.path("timestamp").asText()).matches(TIMESTAMP);
        JsonNode change = message.path("changes").get(0);
        assertThat(fields(change))
                .contains(
                        "name",
                        "previousStatus",
                        "previousHealth",
                        "currentStatus",
                        "currentHealth",
                        "running",
                        "statusDetail");
        assertThat(change.path("previousStatus").isNull()).isTrue();
        assertThat(change.path("container").path("name").asText()).isEqualTo("other");
    }

    private static void assertLogs(JsonNode message) {
        assertThat(fields(message)).startsWith("type", "container", "logs", "lastLogTimestamp");
        assertThat(message.path("container").asText()).isEqualTo("web");
        for (JsonNode line : message.path("logs")) {
            assertThat(line.asText()).matches(LINE);
        }
        String last = message.path("logs").get(message.path("logs").size() - 1).asText();
        assertThat(last).startsWith(message.path("lastLogTimestamp").asText());
        assertThat(message.path("cursor").asText()).matches("[A-Za-z0-9_-]+");
        assertThat(message.path("streams").asText())
                .hasSize(message.path("logs").size());
    }

    private static boolean hasOther(JsonNode message) {
        return message.path("changes").size() > 0
                && message.path("changes").get(0).path("name").asText().equals("other");
    }

    private static List<String> fields(JsonNode object) {
        return StreamSupport.stream(((Iterable<String>) object::fieldNames).spliterator(), false)
                .toList();
    }
}
